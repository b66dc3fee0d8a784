#include "core/store/Schema.h"

#include <array>
#include <map>
#include <string>

#include "core/store/Connection.h"
#include "core/store/RowSums.h"

namespace kamei::store {
namespace {

// Codes of kinds, states, actions and so on are the places of their enumerators in core/model/Vocabulary.h;
// a test holds them fast.
constexpr std::string_view kTables = R"(
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE term(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE subject(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number INTEGER NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  pseudonym TEXT NOT NULL) STRICT;

CREATE TABLE asset(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject INTEGER REFERENCES subject(id),
  kind INTEGER NOT NULL,
  title TEXT NOT NULL,
  modality TEXT NOT NULL,
  device TEXT NOT NULL,
  grp TEXT NOT NULL,
  problem TEXT,
  imported_at INTEGER NOT NULL,
  revision INTEGER NOT NULL DEFAULT 0,
  excluded INTEGER NOT NULL DEFAULT 0,
  exclude_reason TEXT NOT NULL DEFAULT '',
  detected INTEGER NOT NULL DEFAULT 0,
  detected_with BLOB,
  -- from here on: kept up to date at each commit from sources, findings, staged and confirmation
  sources INTEGER NOT NULL DEFAULT 0,
  frames INTEGER NOT NULL DEFAULT 0,
  troubled INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  open0 INTEGER NOT NULL DEFAULT 0,
  open1 INTEGER NOT NULL DEFAULT 0,
  open2 INTEGER NOT NULL DEFAULT 0,
  open3 INTEGER NOT NULL DEFAULT 0,
  current INTEGER NOT NULL DEFAULT 0,
  residuals INTEGER NOT NULL DEFAULT 0,
  staged_digest BLOB,
  state INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE source(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  member TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  format TEXT NOT NULL,
  facts TEXT NOT NULL,
  ord INTEGER NOT NULL,
  frames INTEGER NOT NULL) STRICT;

CREATE TABLE finding(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  subject INTEGER REFERENCES subject(id), -- only where it is not the asset's
  place INTEGER NOT NULL,                 -- orders the findings of an asset
  locator TEXT NOT NULL,
  found TEXT,                             -- where a detector saw it, once a person moved it
  text TEXT NOT NULL,
  text_hash INTEGER NOT NULL,
  label INTEGER NOT NULL,
  rule INTEGER NOT NULL,
  detector INTEGER NOT NULL,
  category INTEGER NOT NULL,
  requirement INTEGER NOT NULL,
  step INTEGER NOT NULL,
  suggested INTEGER NOT NULL,
  replacement TEXT NOT NULL,
  confidence REAL NOT NULL,
  origin INTEGER NOT NULL,
  instances INTEGER NOT NULL,
  distinct_values INTEGER NOT NULL,
  detail TEXT NOT NULL,
  state INTEGER NOT NULL,
  action INTEGER NOT NULL,
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL) STRICT;

CREATE TABLE known(
  id INTEGER PRIMARY KEY,
  subject INTEGER REFERENCES subject(id),
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  asset INTEGER REFERENCES asset(id) ON DELETE CASCADE,
  locator TEXT NOT NULL) STRICT;

CREATE TABLE template(
  id INTEGER PRIMARY KEY,
  device TEXT NOT NULL,
  label TEXT NOT NULL,
  mask TEXT NOT NULL,
  hits INTEGER NOT NULL,
  UNIQUE(device, mask)) STRICT;

CREATE TABLE staged(
  source INTEGER PRIMARY KEY REFERENCES source(id) ON DELETE CASCADE,
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  plan BLOB NOT NULL,
  staged_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  residual_count INTEGER NOT NULL,
  residuals TEXT NOT NULL) STRICT;

CREATE TABLE confirmation(
  id INTEGER PRIMARY KEY,
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  sha256 BLOB NOT NULL,
  verdict INTEGER NOT NULL,
  reviewer TEXT NOT NULL,
  note TEXT NOT NULL,
  shown INTEGER NOT NULL,
  total INTEGER NOT NULL,
  at INTEGER NOT NULL,
  audit_number INTEGER NOT NULL,
  audit_hash BLOB NOT NULL) STRICT;

CREATE TABLE risk_reason(
  subject INTEGER PRIMARY KEY REFERENCES subject(id),
  reason TEXT NOT NULL) STRICT;

CREATE TABLE audit(
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  event TEXT NOT NULL,
  details TEXT NOT NULL,
  hash BLOB NOT NULL) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'append-only'); END;

CREATE INDEX asset_group ON asset(kind, grp);
CREATE INDEX source_asset ON source(asset, ord, id);
CREATE INDEX source_digest ON source(sha256);
CREATE INDEX source_path ON source(path, member);
CREATE INDEX finding_asset ON finding(asset, place, id, state, step, requirement, category);
CREATE INDEX finding_value ON finding(text_hash, asset);
CREATE INDEX finding_rule ON finding(label, rule, asset);
CREATE INDEX finding_subject ON finding(subject) WHERE subject IS NOT NULL;
CREATE UNIQUE INDEX known_once ON known(coalesce(subject, 0), kind, value, coalesce(asset, 0));
CREATE INDEX known_asset ON known(asset) WHERE asset IS NOT NULL;
CREATE INDEX staged_asset ON staged(asset);
CREATE INDEX staged_path ON staged(path);
CREATE INDEX confirmation_asset ON confirmation(asset, id);
)";

// Sums that the home screen and the work list show, so that a million findings need not be counted.
constexpr std::string_view kSums = R"(
CREATE TABLE asset_step(
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  step INTEGER NOT NULL,
  requirement INTEGER NOT NULL,
  total INTEGER NOT NULL,
  open INTEGER NOT NULL,
  PRIMARY KEY(asset, step, requirement)) STRICT, WITHOUT ROWID;
CREATE TABLE step_total(
  step INTEGER NOT NULL,
  requirement INTEGER NOT NULL,
  total INTEGER NOT NULL,
  open INTEGER NOT NULL,
  PRIMARY KEY(step, requirement)) STRICT, WITHOUT ROWID;

INSERT INTO asset_step SELECT asset, step, requirement, count(*), sum(state = 0) FROM finding GROUP BY 1, 2, 3;
INSERT INTO step_total SELECT step, requirement, sum(s.total), sum(s.open) FROM asset_step s
  JOIN asset a ON a.id = s.asset WHERE a.excluded = 0 GROUP BY 1, 2;

CREATE INDEX finding_open ON finding(asset, place, id, step, requirement, category) WHERE state = 0;
CREATE INDEX asset_order ON asset(subject IS NULL, subject, kind, id);
CREATE INDEX asset_subject ON asset(subject, kind, id, excluded, total, open0, open1, open2, open3);
CREATE INDEX asset_sums ON asset(excluded, kind, state, frames, troubled, detected, current, residuals,
                                 total, open0, open1, open2, open3);
)";

// How an action is carried out on a column: model::Method.
constexpr std::string_view kMethod = "ALTER TABLE finding ADD COLUMN method TEXT NOT NULL DEFAULT '';";

// Judging faces: masks over volumes by the digest of their bytes, what was measured on staged files, and the
// views that people judged on (their pictures lie in the folder of the workspace).
constexpr std::string_view kFaces = R"(
CREATE TABLE volume_mask(
  sha256 BLOB PRIMARY KEY,
  bytes BLOB NOT NULL) STRICT;
CREATE TABLE face_check(
  asset INTEGER PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  staged BLOB NOT NULL,
  result TEXT NOT NULL,
  at INTEGER NOT NULL,
  overruled_by TEXT NOT NULL,
  reason TEXT NOT NULL) STRICT;
CREATE TABLE face_evidence(
  id INTEGER PRIMARY KEY,
  finding INTEGER NOT NULL,
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  view TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  path TEXT NOT NULL,
  by TEXT NOT NULL,
  at INTEGER NOT NULL) STRICT;
CREATE INDEX face_evidence_finding ON face_evidence(finding);
)";

// What sources state of people, kept beside the asset they were assigned to, so that conflicts can be shown
// with their evidence and an assignment can be taken back; who was found to be the same person, or not to be.
constexpr std::string_view kPeople = R"(
ALTER TABLE subject ADD COLUMN merged_into INTEGER REFERENCES subject(id);
CREATE TABLE claim(
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  hint TEXT NOT NULL,
  PRIMARY KEY(asset, hint)) STRICT, WITHOUT ROWID;
CREATE TABLE settled(
  one INTEGER NOT NULL REFERENCES subject(id),
  other INTEGER NOT NULL REFERENCES subject(id),
  reason TEXT NOT NULL,
  PRIMARY KEY(one, other)) STRICT, WITHOUT ROWID;
)";

// Who works with keys, which entries of the log they signed, what examiners drew and judged, and the sums by
// which rows edited by hand show (RowSums.h). The id tells copies of one workspace from other workspaces.
constexpr std::string_view kProof = R"(
CREATE TABLE reviewer(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  public_key BLOB NOT NULL UNIQUE,
  joined_at INTEGER NOT NULL,
  audit_number INTEGER NOT NULL) STRICT;
CREATE TABLE audit_signature(
  number INTEGER PRIMARY KEY REFERENCES audit(number),
  reviewer INTEGER NOT NULL REFERENCES reviewer(id),
  signature BLOB NOT NULL) STRICT;
CREATE TRIGGER audit_signature_no_update BEFORE UPDATE ON audit_signature
  BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER audit_signature_no_delete BEFORE DELETE ON audit_signature
  BEGIN SELECT raise(ABORT, 'append-only'); END;

CREATE TABLE audit_sample(
  id INTEGER PRIMARY KEY,
  seed BLOB NOT NULL,
  confidence REAL NOT NULL,
  tolerated REAL NOT NULL,
  drawn_by TEXT NOT NULL,
  drawn_at INTEGER NOT NULL,
  audit_number INTEGER NOT NULL) STRICT;
CREATE TABLE audit_stratum(
  sample INTEGER NOT NULL REFERENCES audit_sample(id),
  kind INTEGER NOT NULL,
  population INTEGER NOT NULL,
  drawn INTEGER NOT NULL,
  PRIMARY KEY(sample, kind)) STRICT, WITHOUT ROWID;
CREATE TABLE audit_item(
  sample INTEGER NOT NULL REFERENCES audit_sample(id),
  position INTEGER NOT NULL,
  asset INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  judgement INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  judged_by TEXT NOT NULL DEFAULT '',
  judged_at INTEGER NOT NULL DEFAULT 0,
  sent_back INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY(sample, position)) STRICT, WITHOUT ROWID;

CREATE TABLE row_sum(
  name TEXT PRIMARY KEY,
  rows INTEGER NOT NULL,
  sum BLOB NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE confirmation ADD COLUMN seen TEXT NOT NULL DEFAULT '';
CREATE INDEX confirmation_entry ON confirmation(audit_number);
UPDATE finding SET method=method;
INSERT OR IGNORE INTO meta VALUES('workspace-id', lower(hex(randomblob(16))));
)";

// What a reviewer has to know of the way in which a file was written.
constexpr std::string_view kNotes = R"(
ALTER TABLE staged ADD COLUMN notes TEXT NOT NULL DEFAULT '';
)";

// What is wrong with an asset, a row for each step that says so: what one step could do takes back nothing
// that another could not. Before, the last to say anything was all there was, so what may have been lost is
// examined again: assets with a problem, and those in which nothing was found.
constexpr std::string_view kProblems = R"(
CREATE TABLE problem(
  id INTEGER PRIMARY KEY,
  asset INTEGER NOT NULL REFERENCES asset(id) ON DELETE CASCADE,
  source INTEGER REFERENCES source(id) ON DELETE CASCADE, -- of intake: what is doubtful about this source
  origin INTEGER NOT NULL,                                -- ProblemOrigin
  error TEXT NOT NULL) STRICT;
CREATE INDEX problem_asset ON problem(asset, origin, id);
CREATE INDEX problem_source ON problem(source) WHERE source IS NOT NULL;
INSERT INTO problem(asset, origin, error) SELECT id,
  CASE WHEN kind=14 OR NOT json_valid(problem) THEN 0
       WHEN json_extract(problem, '$.place') LIKE 'stage.%' THEN 2
       WHEN json_extract(problem, '$.place') LIKE 'intake%' THEN 0 ELSE 1 END, problem
  FROM asset WHERE problem IS NOT NULL;
UPDATE asset SET detected=0, state=CASE WHEN excluded THEN state ELSE 0 END
  WHERE kind<>14 AND (problem IS NOT NULL OR total=0);
)";

// Of several people, or of nobody known: only the latter can be given to a person by hand, and what was said
// by hand stays so at the next import. Of what was imported before, all that its format can hold of several
// people counts as such until it is imported again.
constexpr std::string_view kAssigned = R"(
ALTER TABLE asset ADD COLUMN several INTEGER NOT NULL DEFAULT 0;
ALTER TABLE asset ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
UPDATE asset SET several=1 WHERE subject IS NULL AND EXISTS(SELECT 1 FROM source s
  WHERE s.asset=asset.id AND s.format IN ('csv', 'vcf', 'bcf', 'hl7v2', 'fhir'));
)";

// Frames with which a new scene of a clip begins, as a JSON list: found by detection, shown on the timeline.
constexpr std::string_view kCuts = R"(
CREATE TABLE scene_cuts(
  asset INTEGER PRIMARY KEY REFERENCES asset(id) ON DELETE CASCADE,
  frames TEXT NOT NULL) STRICT;
)";

// The totals of people tell whether their data are blocked: read from the index alone, as the other totals
// are. Without it SQLite looks through all data once a person.
constexpr std::string_view kBlocked = R"(
DROP INDEX asset_subject;
CREATE INDEX asset_subject ON asset(subject, kind, id, excluded, total, open0, open1, open2, open3, troubled,
                                    residuals);
)";

/// From this version on sums over the rows are kept.
constexpr int kFirstWithSums = 6;

constexpr std::array kMigrations{
    Migration{1, kTables},   Migration{2, kSums},  Migration{3, kMethod},   Migration{4, kFaces},
    Migration{5, kPeople},   Migration{6, kProof}, Migration{7, kNotes},    Migration{8, kProblems},
    Migration{9, kAssigned}, Migration{10, kCuts}, Migration{11, kBlocked},
};

/// Name -> how it was made.
using Tables = std::map<std::string, std::string>;
Tables tables(SQLite::Database& database) {
    Tables out;
    SQLite::Statement query(database,
                            "SELECT name, sql FROM sqlite_master WHERE type='table' AND name NOT LIKE "
                            "'sqlite@_%' ESCAPE '@'");
    while (query.executeStep()) {
        out.emplace(query.getColumn(0).getString(), query.getColumn(1).getString());
    }
    return out;
}

/// Rows that are older than a column of theirs are stored without it, and then lack it where SQLite tells of
/// a change before it is made (RowSums): written out once.
void rewriteAltered(SQLite::Database& database, const Tables& before) {
    for (const auto& [name, sql] : before) {
        const auto now = tables(database);
        const auto found = now.find(name);
        if (found == now.end() || found->second == sql) {
            continue;
        }
        SQLite::Statement last(database, "SELECT name FROM pragma_table_info(?) ORDER BY cid DESC LIMIT 1");
        last.bind(1, name);
        if (last.executeStep()) {
            const std::string column = last.getColumn(0).getString();
            database.exec("UPDATE \"" + name + "\" SET \"" + column + "\"=\"" + column + "\"");
        }
    }
}

} // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

int latestSchema() {
    return kMigrations.back().version;
}

std::string schemaOf(SQLite::Database& database) {
    std::string out;
    SQLite::Statement query(database, "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master "
                                      "ORDER BY type, name");
    while (query.executeStep()) {
        for (int column = 0; column < 4; ++column) {
            out += query.getColumn(column).getString() + '\n';
        }
    }
    return out;
}

std::string expectedSchema() {
    Connection fresh(":memory:", Connection::Mode::Write);
    migrate(fresh, 0, latestSchema());
    return schemaOf(fresh.raw());
}

void migrate(Connection& connection, int version, int target) {
    if (version >= kFirstWithSums && version < target &&
        !connection.sums->differing(connection.raw()).empty()) {
        // What was edited by hand must not be taken over into new sums.
        throw Refusal{{base::ErrorCode::AuditBroken, {"0", "rows"}, "store.migrate"}};
    }
    for (const Migration& step : kMigrations) {
        if (step.version <= version || step.version > target) {
            continue;
        }
        SQLite::Database& database = connection.raw();
        database.exec("BEGIN IMMEDIATE");
        try {
            const auto before = tables(database);
            database.exec(std::string(step.sql));
            if (step.version >= kFirstWithSums) {
                rewriteAltered(database, before);
                connection.sums->rebuild(database);
            }
            connection.sums->forget();
            database.exec("PRAGMA application_id=" + std::to_string(kApplicationId) +
                          "; PRAGMA user_version=" + std::to_string(step.version) + "; COMMIT");
        } catch (const SQLite::Exception&) {
            connection.abandon();
            throw;
        }
    }
}

} // namespace kamei::store
