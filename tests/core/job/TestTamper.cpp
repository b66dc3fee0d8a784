#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <random>

#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "core/keys/Witness.h"
#include "core/store/Connection.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using base::ErrorCode;
using job::OpenMode;
using job::Session;
namespace fs = std::filesystem;

namespace {

constexpr int kAssets = 24;
using Random = std::mt19937_64;

/// A workspace in which two people worked with keys; closed by a signature over its state.
fs::path made(const fs::path& folder) {
    auto session = *Session::create(folder, {"title", "to learn", *decide::policyFromText("guideline-2024")});
    std::vector<model::Source> sources;
    {
        auto writing = *session->internals().write();
        for (int i = 1; i <= kAssets; ++i) {
            const std::string n = std::to_string(i);
            const auto person =
                *writing->subjects.insert({{}, 0, "a|" + n, {n, "a", {"山田 " + n}, "", ""}, "S-" + n});
            const auto text = *writing->assets.insert(sample::asset(model::AssetKind::Text, "g" + n, person));
            auto source = sample::source(text, "s" + n);
            source.id = *writing->sources.insert(source);
            sources.push_back(source);
            std::vector findings{sample::finding(text, 0, "A" + n), sample::finding(text, 10, "B" + n)};
            static_cast<void>(writing->findings.replaceDetected(text, findings));
            static_cast<void>(writing->assets.setDetected(text, {}));
            const model::KnownIdentifier known{person, "patient-name", "山田 " + n, text, "text:0-4:"};
            static_cast<void>(writing->known.add({&known, 1}));
        }
        static_cast<void>(writing.commit());
    }
    static_cast<void>(session->signIn(keys::Identity::generate("Morita", keys::Role::DataManager)));
    std::vector<base::FindingId> ids;
    const auto findings = session->findings({});
    for (const auto& finding : *findings) {
        ids.push_back(finding.id);
    }
    decide::Decide accept;
    accept.findings = ids;
    accept.state = model::DecisionState::Accepted;
    static_cast<void>(session->apply(accept, "Morita"));
    {
        auto writing = *session->internals().write();
        for (const auto& source : sources) {
            auto file = sample::staged(source, "staged " + std::to_string(source.id.value));
            static_cast<void>(
                writing->staged.upsert({&file, 1}, (*writing->assets.find(source.asset))->asset.revision));
        }
        static_cast<void>(writing.commit());
    }
    const auto assets = session->assets({});
    for (const auto& row : *assets) {
        model::Confirmation seen;
        seen.asset = row.asset.id;
        seen.sha256 = *session->stagedDigest(row.asset.id);
        seen.reviewer = "Morita";
        seen.shown = seen.total = 3;
        seen.seen = "pages";
        if (!session->confirm(seen)) {
            return {};
        }
    }
    static_cast<void>(session->setRiskReason(base::SubjectId{1}, "needed", "Morita"));
    static_cast<void>(session->signIn(keys::Identity::generate("Hara", keys::Role::EthicsReviewer)));
    const auto drawn = session->drawSample({0.95, 0.1}, "Hara");
    static_cast<void>(session->judge(*drawn, 1, model::Judgement::Clean, {}, "Hara"));
    static_cast<void>(session->signOut());
    return folder;
}

/// A copy of a workspace in its own folder.
fs::path copied(const fs::path& from, const QTemporaryDir& parent) {
    const fs::path to = sample::folderIn(parent, "copy");
    fs::copy(from, to, fs::copy_options::recursive);
    return to;
}

fs::path fileIn(const fs::path& folder) {
    return folder / "workspace.kamei";
}

std::vector<std::string> tablesOf(SQLite::Database& database) {
    std::vector<std::string> out;
    SQLite::Statement query(database, "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name");
    while (query.executeStep()) {
        out.push_back(query.getColumn(0).getString());
    }
    return out;
}

/// Everything that the tables say; nothing where they cannot be read.
std::string dump(const fs::path& file) {
    std::string out;
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        for (const std::string& table : tablesOf(database)) {
            out += table + '\n';
            SQLite::Statement query(database, "SELECT * FROM \"" + table + "\"");
            while (query.executeStep()) {
                for (int i = 0; i < query.getColumnCount(); ++i) {
                    out +=
                        std::to_string(query.getColumn(i).getType()) + query.getColumn(i).getString() + '|';
                }
                out += '\n';
            }
        }
        SQLite::Statement schema(database, "SELECT coalesce(sql,'') FROM sqlite_master ORDER BY type, name");
        while (schema.executeStep()) {
            out += schema.getColumn(0).getString();
        }
    } catch (const SQLite::Exception&) {
        return {};
    }
    return out;
}

/// Whether the workspace shows that something is wrong, for whoever opens it in either way.
bool shows(const fs::path& folder) {
    const auto reading = Session::open(folder, OpenMode::ReadOnly);
    return !reading || !(*reading)->verifyAll();
}

/// Changes, removes, doubles or exchanges rows as somebody does who knows SQL; false when nothing was
/// changed.
bool editRow(SQLite::Database& database, const std::string& table, Random& random) {
    const auto pick = [&](std::int64_t below) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(below));
    };
    std::vector<std::string> columns;
    std::vector<std::string> key;
    std::vector<std::string> types;
    SQLite::Statement info(database, "SELECT name, type, pk FROM pragma_table_info(?)");
    info.bind(1, table);
    while (info.executeStep()) {
        columns.push_back(info.getColumn(0).getString());
        types.push_back(info.getColumn(1).getString());
        if (info.getColumn(2).getInt() > 0) {
            key.push_back(columns.back());
        }
    }
    const auto rows = database.execAndGet("SELECT count(*) FROM \"" + table + "\"").getInt64();
    if (rows == 0 || columns.empty()) {
        return false;
    }
    const std::string keys = key.empty() ? "rowid" : [&] {
        std::string out;
        for (const auto& name : key) {
            out += (out.empty() ? "" : ",") + ("\"" + name + "\"");
        }
        return out;
    }();
    const auto chosen = [&](std::int64_t at) {
        return "(" + keys + ") IN (SELECT " + keys + " FROM \"" + table + "\" ORDER BY " + keys +
               " LIMIT 1 OFFSET " + std::to_string(at) + ")";
    };
    const std::string row = chosen(pick(rows));
    const auto column = static_cast<std::size_t>(pick(static_cast<std::int64_t>(columns.size())));
    const std::string name = "\"" + columns[column] + "\"";
    switch (pick(3)) {
    case 0:
        return database.exec("DELETE FROM \"" + table + "\" WHERE " + row) > 0;
    case 1:
        if (key.size() == 1 && types[0] == "INTEGER" && columns[0] == key[0]) {
            std::string rest;
            for (std::size_t i = 1; i < columns.size(); ++i) {
                rest += ",\"" + columns[i] + "\"";
            }
            return database.exec("INSERT OR IGNORE INTO \"" + table + "\" SELECT 100000" + rest + " FROM \"" +
                                 table + "\" WHERE " + row) > 0;
        }
        [[fallthrough]];
    default: {
        const std::string fresh = types[column] == "TEXT" ? name + " || 'x'"
                                  : types[column] == "BLOB"
                                      ? "randomblob(max(1,length(coalesce(" + name + ",x'00'))))"
                                  : types[column] == "REAL" ? "coalesce(" + name + ",0)+0.125"
                                                            : "coalesce(" + name + ",0)+7";
        return database.exec("UPDATE OR IGNORE \"" + table + "\" SET " + name + "=" + fresh + " WHERE " +
                             row) > 0;
    }
    }
}

} // namespace

class TestTamper : public QObject {
    Q_OBJECT

    QTemporaryDir m_parent;
    fs::path m_workspace;

private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", (m_parent.path() + "/home").toUtf8());
        m_workspace = made(sample::folderIn(m_parent));
        QVERIFY(!m_workspace.empty());
        const auto session = *Session::open(m_workspace, OpenMode::ReadOnly);
        const auto state = session->verifyAll();
        QVERIFY2(state, state ? "" : state.error().args.back().c_str());
        QVERIFY(state->signedEntries > kAssets);
        QCOMPARE(state->lastSigned, state->entries);
    }

    /// 80 random edits of rows by SQL, in every table, triggers put back as they were: each is found.
    void everyEditedRowShows() {
        Random random(20240229);
        std::map<std::string, int> edited;
        int done = 0;
        for (int attempt = 0; done < 80 && attempt < 2000; ++attempt) {
            QTemporaryDir parent;
            const fs::path folder = copied(m_workspace, parent);
            std::string table;
            bool changed = false;
            {
                SQLite::Database database(fileIn(folder).string(), SQLite::OPEN_READWRITE);
                database.exec("PRAGMA foreign_keys=OFF");
                const auto tables = tablesOf(database);
                table = tables[static_cast<std::size_t>(attempt) % tables.size()];
                std::vector<std::string> triggers;
                SQLite::Statement query(database, "SELECT name, sql FROM sqlite_master WHERE type='trigger'");
                std::vector<std::string> names;
                while (query.executeStep()) {
                    names.push_back(query.getColumn(0).getString());
                    triggers.push_back(query.getColumn(1).getString());
                }
                query.reset();
                for (const auto& name : names) {
                    database.exec("DROP TRIGGER " + name);
                }
                try {
                    changed = editRow(database, table, random);
                } catch (const SQLite::Exception&) {
                    changed = false; // a constraint refused it
                }
                for (const auto& trigger : triggers) {
                    database.exec(trigger);
                }
            }
            if (!changed) {
                continue;
            }
            ++done;
            ++edited[table];
            QVERIFY2(shows(folder), ("an edit of " + table + " does not show").c_str());
        }
        QCOMPARE(done, 80);
        QVERIFY2(edited.size() >= 18, std::to_string(edited.size()).c_str());
    }

    /// Somebody who also knows how the sums are computed is found by the signature over the state at closing.
    void sumsMadeAnewShowByTheSignedState() {
        for (const char* sql :
             {"UPDATE finding SET state=1, action=0 WHERE id=3", "UPDATE asset SET excluded=1 WHERE id=2",
              "UPDATE risk_reason SET reason='another'", "DELETE FROM known WHERE id=4",
              "UPDATE audit_item SET judgement=1 WHERE position=2"}) {
            QTemporaryDir parent;
            const fs::path folder = copied(m_workspace, parent);
            {
                store::Connection connection(fileIn(folder), store::Connection::Mode::Write);
                connection.raw().exec(sql);
                connection.sums->rebuild(connection.raw());
            }
            const auto verified = (*Session::open(folder, OpenMode::ReadOnly))->verifyAll();
            QVERIFY2(!verified, sql);
            QCOMPARE(verified.error().args.back(), std::string("state"));
        }
    }

    /// The chain computed anew to its end, with head and sums, is found by the signatures.
    void chainMadeAnewShowsBySignatures() {
        QTemporaryDir parent;
        const fs::path folder = copied(m_workspace, parent);
        {
            store::Connection connection(fileIn(folder), store::Connection::Mode::Write);
            store::Repositories rows(connection);
            connection.raw().exec("DROP TRIGGER audit_no_update");
            connection.raw().exec("UPDATE audit SET at=at-86400000 WHERE number=2");
            base::Sha256 previous;
            const auto entries = *rows.audit.after(0, -1);
            for (const auto& entry : entries) {
                previous = audit::entryHash(previous, entry);
                store::Query(connection, "UPDATE audit SET hash=? WHERE number=?")
                    .bind(previous, entry.number)
                    .run();
                store::Query(connection, "UPDATE confirmation SET audit_hash=? WHERE audit_number=?")
                    .bind(previous, entry.number)
                    .run();
            }
            static_cast<void>(
                rows.meta.set("audit-head", std::to_string(entries.back().number) + ' ' + previous.hex()));
            connection.raw().exec(
                "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, "
                "'append-only'); END");
            connection.sums->rebuild(connection.raw());
        }
        const auto verified = (*Session::open(folder, OpenMode::ReadOnly))->verifyAll();
        QVERIFY(!verified);
        QCOMPARE(verified.error().args, (std::vector<std::string>{"2", "signature"}));
        // Nothing is written on such a log.
        QCOMPARE(Session::open(folder, OpenMode::ReadWrite).error().code, ErrorCode::AuditBroken);
    }

    void signatureTakenAwayShows() {
        QTemporaryDir parent;
        const fs::path folder = copied(m_workspace, parent);
        {
            store::Connection connection(fileIn(folder), store::Connection::Mode::Write);
            connection.raw().exec("DROP TRIGGER audit_signature_no_delete");
            connection.raw().exec("DELETE FROM audit_signature WHERE number=5");
            connection.sums->rebuild(connection.raw());
        }
        const auto verified = (*Session::open(folder, OpenMode::ReadOnly))->verifyAudit();
        QCOMPARE(verified.error().args, (std::vector<std::string>{"5", "signature"}));
    }

    void triggerTakenAwayShows() {
        QTemporaryDir parent;
        const fs::path folder = copied(m_workspace, parent);
        SQLite::Database(fileIn(folder).string(), SQLite::OPEN_READWRITE)
            .exec("DROP TRIGGER audit_no_update");
        const auto verified = (*Session::open(folder, OpenMode::ReadOnly))->verifyAll();
        QCOMPARE(verified.error().args.back(), std::string("schema"));
    }

    /// 110 random bytes of the file: each edit is found, or the tables say what they said (free space, and
    /// fields of the header that mean nothing).
    void everyEditedByteShowsOrMeansNothing() {
        Random random(8);
        const std::string before = dump(fileIn(m_workspace));
        QVERIFY(!before.empty());
        int found = 0;
        for (int i = 0; i < 110; ++i) {
            QTemporaryDir parent;
            const fs::path folder = copied(m_workspace, parent);
            {
                std::fstream file(fileIn(folder), std::ios::in | std::ios::out | std::ios::binary);
                // A quarter goes to the header and the schema, where the structure is.
                const auto size = static_cast<std::streamoff>(fs::file_size(fileIn(folder)));
                std::streamoff at = 0;
                unsigned char old = 0;
                do { // free space is zero for the most part (secure_delete): mostly what is used
                    at = static_cast<std::streamoff>(
                        random() %
                        static_cast<std::uint64_t>(i % 4 == 0 ? std::min<std::streamoff>(size, 8192) : size));
                    file.seekg(at);
                    old = static_cast<unsigned char>(file.get());
                } while (old == 0 && i % 5 != 0);
                file.seekp(at);
                file.put(static_cast<char>(old ^ (1U << (random() % 8U))));
            }
            if (shows(folder)) {
                ++found;
                continue;
            }
            QVERIFY2(dump(fileIn(folder)) == before, std::to_string(i).c_str());
        }
        qInfo("of 110 edited bytes %d found, %d without meaning", found, 110 - found);
        QVERIFY(found > 60);
    }

    void olderCopyPutBackShowsAndCanBeAccepted() {
        QTemporaryDir parent;
        const fs::path live = copied(m_workspace, parent);
        const fs::path backup = sample::folderIn(parent, "backup");
        fs::copy(live, backup, fs::copy_options::recursive);
        {
            auto session = *Session::open(live, OpenMode::ReadWrite);
            QVERIFY(session->signIn(keys::Identity::generate("Saeki", keys::Role::Radiologist)));
            QVERIFY(session->setRiskReason(base::SubjectId{2}, "why", "Saeki"));
        }
        fs::remove_all(live);
        fs::rename(backup, live);
        const auto refused = Session::open(live, OpenMode::ReadWrite);
        QCOMPARE(refused.error().code, ErrorCode::AuditBroken);
        QCOMPARE(refused.error().args.back(), std::string("copy"));
        QVERIFY(Session::open(live, OpenMode::ReadOnly)); // it can still be looked at
        QCOMPARE(Session::openRestored(live, " ", "Saeki").error().code, ErrorCode::ReasonRequired);
        QVERIFY(Session::openRestored(live, "the disk was lost", "Saeki"));
        auto session = Session::open(live, OpenMode::ReadWrite);
        QVERIFY(session);
        QCOMPARE((*session)->audit({})->front().event, std::string("workspace.restored"));
        QVERIFY((*session)->verifyAll());
    }
};

QTEST_GUILESS_MAIN(TestTamper)
#include "TestTamper.moc"
