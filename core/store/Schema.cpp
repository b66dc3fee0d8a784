#include "core/store/Schema.h"

#include <array>
#include <string>

#include "core/store/Connection.h"

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

constexpr std::array kMigrations{
    Migration{1, kTables},
    Migration{2, kSums},
    Migration{3, kMethod},
};

} // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

int latestSchema() {
    return kMigrations.back().version;
}

void migrate(Connection& connection, int version, int target) {
    for (const Migration& step : kMigrations) {
        if (step.version <= version || step.version > target) {
            continue;
        }
        SQLite::Database& database = connection.raw();
        database.exec("BEGIN IMMEDIATE");
        try {
            database.exec(std::string(step.sql));
            database.exec("PRAGMA application_id=" + std::to_string(kApplicationId) +
                          "; PRAGMA user_version=" + std::to_string(step.version) + "; COMMIT");
        } catch (const SQLite::Exception&) {
            connection.abandon();
            throw;
        }
    }
}

} // namespace kamei::store
