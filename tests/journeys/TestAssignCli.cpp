// Data that name nobody are given to a person, made a person of their own and given back, on the command
// line.

#include "CliRunner.h"
#include "SmallCohort.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QtTest>

using namespace journeys;

class TestAssignCli : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void toAPersonToANewOneAndBack();
    void refuses_data();
    void refuses();

private:
    [[nodiscard]] QJsonObject asset(const QString& file) const;
    [[nodiscard]] QString number(const QString& file) const {
        return QString::number(asset(file)["asset"].toInt());
    }
    /// Id of the person that everything but the loose files is about.
    [[nodiscard]] QString person() const {
        return QString::number(run({"subjects", m_ws, "--json"}).rows().front()["id"].toInt());
    }

    QTemporaryDir m_folder;
    QString m_ws = m_folder.filePath("ws");
};

void TestAssignCli::initTestCase() {
    const QString cohort = m_folder.filePath("cohort");
    writeSmallCohort(cohort + "/records");
    writeFile(cohort + "/loose/memo.txt", "経過は良好。次回は予約どおり。\n");
    writeFile(cohort + "/loose/list.csv", "患者ID,氏名,値\n81000001,佐久間 涼,5\n81000002,野田 和夫,6\n");
    QCOMPARE(run({"new", m_ws, "--title", "t", "--purpose", "p"}).exit, int(Done));
    QCOMPARE(run({"import", m_ws, cohort}).exit, int(Done));
    QCOMPARE(run({"detect", m_ws}).exit, int(Done));
    QCOMPARE(run({"stage", m_ws}).exit, int(Done));
}

QJsonObject TestAssignCli::asset(const QString& file) const {
    for (const QJsonObject& row : run({"assets", m_ws, "--json"}).rows()) {
        if (row["sources"].toArray().first().toString().endsWith(file)) {
            return row;
        }
    }
    return {};
}

void TestAssignCli::toAPersonToANewOneAndBack() {
    const auto nobodys = run({"assets", m_ws, "--nobody", "--json"}).rows();
    QCOMPARE(nobodys.size(), 2);
    QVERIFY(asset("list.csv")["several"].toBool());
    QVERIFY(asset("memo.txt")["subject"].isNull() && !asset("memo.txt").contains("several"));
    const auto people = run({"subjects", m_ws, "--json"}).rows();
    QVERIFY(people.last()["id"].isNull());
    QCOMPARE(people.last()["assets"].toInt(), 2);
    QCOMPARE(asset("memo.txt")["state"].toString(), QString("staged"));
    const QString pseudonym = people.front()["pseudonym"].toString();

    QCOMPARE(run({"assign", m_ws, "--asset", number("memo.txt"), "--into", person()}).exit, int(Done));
    QCOMPARE(asset("memo.txt")["subject"].toString(), pseudonym); // one for everything
    QVERIFY(asset("memo.txt")["state"].toString() != "staged");
    QCOMPARE(run({"detect", m_ws}).exit, int(Done));
    QCOMPARE(run({"stage", m_ws}).exit, int(Done));
    QCOMPARE(asset("memo.txt")["state"].toString(), QString("staged"));

    QCOMPARE(run({"assign", m_ws, "--asset", number("memo.txt")}).exit, int(Done));
    const QString own = asset("memo.txt")["subject"].toString();
    QVERIFY(own.startsWith("S-") && own != pseudonym);
    QCOMPARE(run({"assign", m_ws, "--asset", number("memo.txt"), "--nobody"}).exit, int(Done));
    QVERIFY(asset("memo.txt")["subject"].isNull());
    QCOMPARE(run({"import", m_ws, m_folder.filePath("cohort")}).exit, int(Done));
    QVERIFY(asset("memo.txt")["subject"].isNull());

    int logged = 0;
    for (const QJsonObject& row : run({"audit", m_ws, "--json"}).rows()) {
        logged += row["event"] == "subjects.assigned" ? 1 : 0;
    }
    QCOMPARE(logged, 3);
    QCOMPARE(run({"audit", m_ws, "--verify"}).exit, int(Done));
}

void TestAssignCli::refuses_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("says");
    QTest::newRow("data of several people")
        << QStringList{"list.csv", "--into", "1"} << int(Open) << "several people";
    QTest::newRow("to nobody and to somebody")
        << QStringList{"memo.txt", "--into", "1", "--nobody"} << int(Usage) << "";
    QTest::newRow("a person who is not there")
        << QStringList{"memo.txt", "--into", "99"} << int(Unreadable) << "";
    QTest::newRow("a number that is none") << QStringList{"memo.txt", "--into", "0"} << int(Usage) << "";
}

void TestAssignCli::refuses() {
    QFETCH(QStringList, arguments);
    QFETCH(int, exit);
    QFETCH(QString, says);
    const QStringList all = QStringList{"assign", m_ws, "--asset", number(arguments.takeFirst())} + arguments;
    const Outcome outcome = run(all);
    QCOMPARE(outcome.exit, exit);
    QVERIFY2(outcome.err.contains(says.toUtf8()), outcome.err.constData());
}

QTEST_GUILESS_MAIN(TestAssignCli)
#include "TestAssignCli.moc"
