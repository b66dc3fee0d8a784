// The way of a cohort through the command line, up to the gate: what a batch site does before people look.

#include "CliRunner.h"
#include "SmallCohort.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QtTest>

using namespace journeys;

namespace {

/// A series of the head whose slices cannot be judged asks for one.
constexpr const char* kReason = "no face is in the range that was scanned";

QString joined(const QStringList& parts) {
    return parts.join('|');
}

} // namespace

class TestCliJourney : public QObject {
    Q_OBJECT

private slots:
    void fromImportToTheClosedGate();
    void repeatingChangesNothing();
    void changedSourceClosesTheGate();
    void maskIsAppliedAndStaged();
    void decisionsFromFile();
    void requiredIsNotKeptWithoutReason();
    void detectTextKeepsOrder();
    void demoCohortStagesWithoutResiduals();
    void privateElementsAreDecidedForTheDevice();
    void policyIsPrintedAndReplaced();

private:
    /// A fresh workspace with the small cohort imported; paths below m_folder.
    QString prepared(const QString& name, const QString& cohort);
    QTemporaryDir m_folder;
};

QString TestCliJourney::prepared(const QString& name, const QString& cohort) {
    const QString ws = m_folder.filePath(name);
    const Outcome made = run({"new", ws, "--title", "journey", "--purpose", "test"});
    if (made.exit != Done) {
        qWarning() << made.err;
    }
    (void)run({"import", ws, cohort});
    return ws;
}

void TestCliJourney::fromImportToTheClosedGate() {
    const QString cohort = m_folder.filePath("cohort");
    writeSmallCohort(cohort);
    const auto before = hashes(cohort);
    const QString ws = m_folder.filePath("ws");
    QList<Outcome> all;
    const auto step = [&](const QStringList& arguments, int expected) {
        all.append(run(arguments));
        if (all.last().exit != expected) {
            qWarning() << arguments << all.last().exit << all.last().err << all.last().out.left(2000);
        }
        return all.last().exit == expected;
    };
    QVERIFY(step({"new", ws, "--title", "journey", "--purpose", "test"}, Done));
    QVERIFY(step({"import", ws, cohort}, Done));
    QVERIFY(step({"detect", ws}, Done));

    const auto assets = run({"assets", ws, "--json"}).rows();
    QCOMPARE(assets.size(), 5);
    QSet<QString> subjects;
    for (const QJsonObject& asset : assets) {
        subjects.insert(asset["subject"].toString());
        QVERIFY2(!asset.contains("problem"), qPrintable(asset["kind"].toString()));
    }
    QCOMPARE(subjects.size(), 1); // header, report, table and notes speak of one person
    QVERIFY(!subjects.contains(""));

    const auto findings = run({"findings", ws, "--open", "--json"}).rows();
    QVERIFY(findings.size() > 20);
    for (const QJsonObject& finding : findings) {
        for (const char* key : {"finding", "asset", "locator", "text", "category", "requirement", "rule",
                                "action", "confidence", "origin", "state"}) {
            QVERIFY2(finding.contains(key), key);
        }
        QCOMPARE(finding["state"].toString(), QString("open"));
    }
    QVERIFY(step({"decide", ws, "--accept-suggested", "--reason", kReason}, Done));
    QCOMPARE(run({"findings", ws, "--open", "--json"}).rows().size(), 0);
    QVERIFY(step({"stage", ws}, Done));

    const auto staged = run({"staged", ws, "--json"}).rows();
    QCOMPARE(staged.size(), 5);
    for (const QJsonObject& row : staged) {
        QCOMPARE(row["residual"].toArray().size(), 0);
        QCOMPARE(row["confirmed"].toBool(), false);
        const QByteArray bytes = readFile(row["staged"].toString());
        QCOMPARE(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex(),
                 row["sha256"].toString().toLatin1());
        for (const QString& planted : plantedIdentifiers()) {
            for (const QByteArray& form : byteForms(planted)) {
                QVERIFY2(!bytes.contains(form), qPrintable(row["source"].toString() + ": " + planted));
            }
        }
    }

    const Outcome gate = run({"gate", ws, "--json"});
    QCOMPARE(gate.exit, int(Open));
    QStringList open;
    for (const QJsonObject& row : gate.rows()) {
        open.append(row["condition"].toString());
    }
    QVERIFY2(open.contains("confirmed"), qPrintable(joined(open)));
    QVERIFY2(!open.contains("required-decided") && !open.contains("staged-current") &&
                 !open.contains("residuals-clear") && !open.contains("sources-unchanged"),
             qPrintable(joined(open)));
    QVERIFY(step({"release", ws, m_folder.filePath("out")}, Open));
    QVERIFY(!QDir(m_folder.filePath("out")).exists());
    QVERIFY(step({"audit", ws, "--verify"}, Done));

    QCOMPARE(hashes(cohort), before);
    for (const Outcome& one : all) {
        for (const QString& planted : plantedIdentifiers()) {
            QVERIFY2(!one.err.contains(planted.toUtf8()), "an identifier stands on stderr");
        }
        QVERIFY2(!one.err.contains(cohort.toUtf8()), "a source path stands on stderr");
    }
}

void TestCliJourney::repeatingChangesNothing() {
    const QString cohort = m_folder.filePath("cohort-repeat");
    writeSmallCohort(cohort);
    const QString ws = prepared("ws-repeat", cohort);
    for (int round = 0; round < 2; ++round) {
        QCOMPARE(run({"import", ws, cohort}).exit, int(Done));
        QCOMPARE(run({"detect", ws}).exit, int(Done));
        QCOMPARE(run({"decide", ws, "--accept-suggested", "--reason", kReason}).exit, int(Done));
        QCOMPARE(run({"stage", ws}).exit, int(Done));
        QCOMPARE(run({"assets", ws, "--json"}).rows().size(), 5);
    }
    const QByteArray staged = run({"staged", ws, "--json"}).out;
    QCOMPARE(run({"stage", ws}).exit, int(Done));
    QCOMPARE(run({"staged", ws, "--json"}).out, staged);
    QCOMPARE(hashes(ws + "/staged").size(), 5); // nothing that no row speaks of
}

void TestCliJourney::changedSourceClosesTheGate() {
    const QString cohort = m_folder.filePath("cohort-changed");
    writeSmallCohort(cohort);
    const QString ws = prepared("ws-changed", cohort);
    const auto conditions = [&] {
        QStringList out;
        for (const QJsonObject& row : run({"gate", ws, "--json"}).rows()) {
            out.append(row["condition"].toString());
        }
        return out;
    };
    QVERIFY(!conditions().contains("sources-unchanged"));
    writeFile(cohort + "/note.txt", "another text, longer than before\n");
    QVERIFY(conditions().contains("sources-unchanged"));
    QCOMPARE(run({"import", ws, cohort}).exit, int(Done));
    QVERIFY(!conditions().contains("sources-unchanged"));
    QCOMPARE(run({"assets", ws, "--json"}).rows().size(), 5);
}

void TestCliJourney::maskIsAppliedAndStaged() {
    const QString cohort = m_folder.filePath("cohort-mask");
    writeSmallCohort(cohort);
    const QString ws = prepared("ws-mask", cohort);
    qint64 series = 0;
    for (const QJsonObject& asset : run({"assets", ws, "--json"}).rows()) {
        if (asset["kind"].toString() == "dicom-series") {
            series = asset["asset"].toInteger();
        }
    }
    QVERIFY(series > 0);
    const QString id = QString::number(series);
    QCOMPARE(run({"detect", ws}).exit, int(Done));
    QCOMPARE(run({"mask", ws, "--asset", id, "--rect", "2,3,4"}).exit, int(Usage));
    QCOMPARE(run({"mask", ws, "--asset", id, "--rect", "2,3,4,5"}).exit, int(Done));
    bool found = false;
    for (const QJsonObject& finding : run({"findings", ws, "--asset", id, "--json"}).rows()) {
        if (finding["action"].toString() == "mask") {
            found = true;
            QCOMPARE(finding["locator"].toObject()["rect"].toArray(), QJsonArray({2, 3, 4, 5}));
            QCOMPARE(finding["origin"].toString(), QString("person"));
            QCOMPARE(finding["state"].toString(), QString("accepted"));
        }
    }
    QVERIFY(found);
    const int staged = run({"stage", ws}).exit;
    QVERIFY(staged == Done || staged == Open);
    QVERIFY(!run({"staged", ws, "--json"}).rows().isEmpty());
}

void TestCliJourney::decisionsFromFile() {
    const QString cohort = m_folder.filePath("cohort-decide");
    writeSmallCohort(cohort);
    const QString ws = prepared("ws-decide", cohort);
    QCOMPARE(run({"detect", ws}).exit, int(Done));
    // What `findings` prints, untouched, decides nothing.
    const QByteArray printed = run({"findings", ws, "--json"}).out;
    QCOMPARE(run({"decide", ws, "--from", "-"}, printed).exit, int(Done));
    QCOMPARE(run({"findings", ws, "--open", "--json"}).out, printed);
    QByteArray lines;
    for (QJsonObject finding : run({"findings", ws, "--json"}).rows()) {
        finding["state"] = "accepted";
        if (finding["label"].toString() == "FaceSurface") {
            finding["reason"] = "the face is studied"; // accepted, it stays: that needs one
        }
        lines += QJsonDocument(finding).toJson(QJsonDocument::Compact) + '\n';
    }
    QCOMPARE(run({"decide", ws, "--from", "-"}, lines).exit, int(Done));
    QCOMPARE(run({"findings", ws, "--open", "--json"}).rows().size(), 0);
    QCOMPARE(run({"decide", ws, "--from", "-"}, "{broken\n").exit, int(Open));
}

void TestCliJourney::requiredIsNotKeptWithoutReason() {
    const QString cohort = m_folder.filePath("cohort-reason");
    writeSmallCohort(cohort);
    const QString ws = prepared("ws-reason", cohort);
    QCOMPARE(run({"detect", ws}).exit, int(Done));
    QString required;
    for (const QJsonObject& finding : run({"findings", ws, "--json"}).rows()) {
        if (finding["requirement"].toString() == "required" && finding["action"].toString() != "keep") {
            required = QString::number(finding["finding"].toInteger());
        }
    }
    QVERIFY(!required.isEmpty());
    QCOMPARE(run({"decide", ws, "--finding", required, "--action", "keep"}).exit, int(Open));
    QCOMPARE(run({"decide", ws, "--finding", required, "--action", "keep", "--reason", "needed"}).exit,
             int(Done));
    QCOMPARE(run({"decide", ws, "--finding", "99999999", "--action", "delete"}).exit, int(Open));
}

void TestCliJourney::detectTextKeepsOrder() {
    QByteArray input;
    constexpr int kLines = 2000;
    for (int i = 0; i < kLines; ++i) {
        input += QString(R"({"id":"%1","text":"電話 03-0912-%2 まで"})")
                     .arg(i)
                     .arg(i % 10000, 4, 10, QChar('0'))
                     .toUtf8() +
                 '\n';
    }
    input += "not json\n";
    const Outcome outcome = run({"detect-text", "--jobs", "2"}, input);
    QCOMPARE(outcome.exit, int(Unreadable)); // one line could not be read
    const auto rows = outcome.rows();
    QCOMPARE(rows.size(), kLines + 1);
    for (int i = 0; i < kLines; ++i) {
        QCOMPARE(rows[i]["id"].toString(), QString::number(i));
        const auto spans = rows[i]["spans"].toArray();
        QCOMPARE(spans.size(), 1);
        QCOMPARE(spans[0].toObject()["label"].toString(), QString("PHONE"));
        QCOMPARE(spans[0].toObject()["start"].toInt(), 3);
        QCOMPARE(spans[0].toObject()["end"].toInt(), 15);
    }
}

void TestCliJourney::demoCohortStagesWithoutResiduals() {
    const QString demo = m_folder.filePath("demo");
    const QString ws = m_folder.filePath("ws-demo");
    QCOMPARE(run({"demo", demo}).exit, int(Done));
    QCOMPARE(run({"new", ws}).exit, int(Done));
    QCOMPARE(run({"import", ws, demo + "/cohort"}).exit, int(Done));
    const int detected = run({"detect", ws}).exit;
    QVERIFY(detected == Done || detected == Open);
    QCOMPARE(run({"decide", ws, "--accept-suggested", "--reason", kReason}).exit, int(Done));
    const Outcome staged = run({"stage", ws});
    QVERIFY2(staged.exit == Done, staged.out.constData());
    QSet<QString> subjects;
    for (const QJsonObject& asset : run({"assets", ws, "--json"}).rows()) {
        subjects.insert(asset["subject"].toString());
    }
    QVERIFY(subjects.size() >= 3);
    QCOMPARE(run({"risk", ws, "--json"}).crashed, false);
    // Tables for people and spreadsheets name their columns, and every line has that many cells at most.
    for (const auto& [arguments, names] :
         {std::pair{QStringList{"gate", ws}, QByteArray("condition\topen")},
          std::pair{QStringList{"risk", ws}, QByteArray("row\tsubject\tsize\tvalues\treason")},
          std::pair{QStringList{"risk", ws, "--try", "age=delete-field"},
                    QByteArray("row\tfield\tchanged\tvalues")},
          std::pair{QStringList{"audit", ws}, QByteArray("number\tat\tby\tevent\tdetails")}}) {
        const QList<QByteArray> lines = run(arguments).out.trimmed().split('\n');
        QVERIFY2(lines.size() > 1, qPrintable(arguments.join(' ')));
        QCOMPARE(lines.front(), names);
        for (const QByteArray& line : lines) {
            QVERIFY2(line.count('\t') <= names.count('\t'), line.constData());
        }
    }
    for (const QString name : {"report.json", "report.html"}) {
        QCOMPARE(run({"report", ws, "--out", m_folder.filePath(name)}).exit, int(Done));
        QVERIFY(QFileInfo(m_folder.filePath(name)).size() > 1000);
    }
}

void TestCliJourney::privateElementsAreDecidedForTheDevice() {
    const QString demo = m_folder.filePath("private-demo");
    QCOMPARE(run({"demo", demo}).exit, static_cast<int>(Done));
    const QString ws = prepared("private-ws", demo + "/cohort");
    QCOMPARE(run({"detect", ws}).exit, static_cast<int>(Done));
    const auto elements = run({"private", ws, "--json"}).rows();
    QVERIFY(!elements.isEmpty());
    QJsonObject wanted;
    for (const QJsonObject& row : elements) {
        QVERIFY(row.contains("creator") && row.contains("examples") && row.contains("software"));
        wanted = row.value("removed").toInt() > 0 && row.value("vr") == "DS" ? row : wanted;
    }
    QVERIFY(!wanted.isEmpty());
    wanted.insert("action", "keep");
    const auto line = [&] { return QJsonDocument(wanted).toJson(QJsonDocument::Compact) + '\n'; };
    const Outcome refused = run({"private", ws, "--from", "-"}, line());
    QCOMPARE(refused.exit, static_cast<int>(Open)); // no reason
    QCOMPARE(refused.rows().front().value("refused").toObject().value("error").toString(),
             QStringLiteral("reason-required"));
    wanted.insert("reason", "a number of the device");
    QCOMPARE(run({"private", ws, "--from", "-"}, line()).exit, static_cast<int>(Done));
    QCOMPARE(run({"detect", ws}).exit, static_cast<int>(Done));
    int kept = 0;
    for (const QJsonObject& row : run({"private", ws, "--json"}).rows()) {
        kept += row.value("action") == "keep" && row.value("kept").toInt() > 0 ? 1 : 0;
    }
    QCOMPARE(kept, 1);
    wanted.insert("action", "none");
    QCOMPARE(run({"private", ws, "--from", "-"}, line()).exit, static_cast<int>(Done));
    QVERIFY(!run({"policy", ws}).rows().front().contains("private"));
}

void TestCliJourney::policyIsPrintedAndReplaced() {
    const QString ws = m_folder.filePath("policy-ws");
    QCOMPARE(run({"new", ws, "--title", "t", "--purpose", "p"}).exit, static_cast<int>(Done));
    QCOMPARE(run({"policy", ws}).rows().front().value("name").toString(), QStringLiteral("guideline-2024"));
    QCOMPARE(run({"policy", ws, "--set", "dicom-basic+uids"}).exit, static_cast<int>(Done));
    const QJsonObject policy = run({"policy", ws}).rows().front();
    QCOMPARE(policy.value("name").toString(), QStringLiteral("dicom-basic"));
    QCOMPARE(policy.value("options").toArray().size(), 1);
    QCOMPARE(run({"policy", ws, "--set", "no-such-policy"}).exit, static_cast<int>(Usage));
}

QTEST_GUILESS_MAIN(TestCliJourney)
#include "TestCliJourney.moc"
