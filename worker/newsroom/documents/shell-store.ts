import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { Shell } from '../../pack/format.ts';
import type { Templates } from './templates.ts';

/** The shells of one template version, and the Content-Security-Policy that goes with them. */
export type KeptShells = {
  readonly template: string;
  readonly policy: string;
  readonly shells: { readonly [language: string]: Shell };
};

type Row = { template: string; site: number; policy: string; shells: string };

/**
 * Each template version's plain shells, kept from when it is in use until no part that it made is left: a part is
 * joined only with a shell of its own version, and the Newsroom that has new templates can no longer render old ones.
 */
export class ShellStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Keeps the shells of the templates in use; rendered again only when the settings have changed. */
  keep(templates: Templates, bulletin: Bulletin, moment: Moment): void {
    const { templateVersion, policy } = templates;
    if (this.has(templateVersion, bulletin)) return;
    const shells = Object.fromEntries(
      templates.plainShells(bulletin, moment).map((shell) => [shell.language, shell.render()]),
    );
    this.#sql.exec(
      'INSERT OR REPLACE INTO shell (template, site, policy, shells) VALUES (?, ?, ?, ?)',
      templateVersion,
      bulletin.revisions.site,
      policy,
      JSON.stringify(shells),
    );
  }

  /** Whether a version's parts can still be shown: its shells are kept, made of the settings that hold now. */
  has(template: string, bulletin: Bulletin): boolean {
    const rows = this.#sql.exec(
      'SELECT 1 FROM shell WHERE template = ? AND site = ?',
      template,
      bulletin.revisions.site,
    );
    return rows.toArray().length > 0;
  }

  /** The shells of some versions, as far as they are kept. */
  of(templates: readonly string[]): readonly KeptShells[] {
    return templates.flatMap((template) =>
      this.#sql
        .exec<Row>('SELECT * FROM shell WHERE template = ?', template)
        .toArray()
        .map(({ policy, shells }) => ({ template, policy, shells: JSON.parse(shells) })),
    );
  }

  /** Drops the shells of all other versions. Within the caller's transaction. */
  keepOnly(templates: readonly string[]): void {
    for (const { template } of this.#sql.exec<Row>('SELECT * FROM shell').toArray())
      if (!templates.includes(template)) this.#sql.exec('DELETE FROM shell WHERE template = ?', template);
  }
}
