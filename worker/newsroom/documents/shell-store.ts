import type { Bulletin, Moment } from '../../model/bulletin.ts';
import type { Shell } from '../../pack/format.ts';
import type { Templates } from './templates.ts';

/** The shells of one template version, by language, and the Content-Security-Policy of their pages. */
export type KeptShells = {
  readonly template: string;
  readonly policy: string;
  readonly shells: { readonly [language: string]: Shell };
};

type Row = { template: string; site: number; policy: string; shells: string };

/**
 * The plain shells of each template version, stored as long as any part is from that version. A part is joined only with a
 * shell of its own version, and a Newsroom with new templates can't render the old shells again.
 */
export class ShellStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores the shells of these templates. They are rendered again only when the settings have changed. */
  keep(templates: Templates, bulletin: Bulletin, moment: Moment): void {
    const { templateVersion, policy } = templates;
    if (this.#site(templateVersion) === bulletin.revisions.site) return;
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

  /** Whether parts from a template version can be shown: its shells are stored, of whatever settings. */
  has = (template: string): boolean => this.#site(template) !== undefined;

  /** The revision of the settings that the shells of a template version show. */
  #site(template: string): number | undefined {
    const rows = this.#sql.exec<{ site: number }>('SELECT site FROM shell WHERE template = ?', template);
    return rows.toArray()[0]?.site;
  }

  /** The stored shells of these template versions. */
  forTemplates(templates: readonly string[]): readonly KeptShells[] {
    return templates.flatMap((template) =>
      this.#sql
        .exec<Row>('SELECT * FROM shell WHERE template = ?', template)
        .toArray()
        .map(({ policy, shells }) => ({ template, policy, shells: JSON.parse(shells) })),
    );
  }

  /** Deletes the shells of all other template versions. Within the caller's transaction. */
  keepOnly(templates: readonly string[]): void {
    for (const { template } of this.#sql.exec<Row>('SELECT * FROM shell').toArray())
      if (!templates.includes(template)) this.#sql.exec('DELETE FROM shell WHERE template = ?', template);
  }
}
