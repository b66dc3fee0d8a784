// Whom a source is about: SubjectMatcher, row by row after the rule it proves.

#include "core/job/Placeholders.h"
#include "core/job/SubjectMatcher.h"

#include <QtTest>

using kamei::base::SubjectId;
using kamei::job::SubjectMatcher;
using kamei::model::Subject;
using kamei::model::SubjectHint;

namespace {

SubjectHint hint(const char* id, const char* issuer, std::vector<std::string> names, const char* birth) {
    return {id, issuer, std::move(names), birth, ""};
}

/// The one person the matcher knows.
SubjectHint known() {
    return hint("0047731", "HOSP", {"ENOMOTO^SHUHEI=榎本^周平=えのもと^しゅうへい"}, "19610723");
}

} // namespace

Q_DECLARE_METATYPE(SubjectHint)

class TestJobSubjects : public QObject {
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void aliasesOfIssuerBothWays();
    void keyIsStable_data();
    void keyIsStable();
    void hintsGrow();
    void placeholdersIdentifyNobody_data();
    void placeholdersIdentifyNobody();
};

void TestJobSubjects::finds_data() {
    QTest::addColumn<SubjectHint>("said");
    QTest::addColumn<bool>("same");
    QTest::newRow("same number, same issuer") << hint("0047731", "HOSP", {}, "") << true;
    QTest::newRow("blanks around the number") << hint(" 0047731 ", "HOSP", {}, "") << true;
    QTest::newRow("number of another issuer") << hint("0047731", "OTHER", {}, "") << false;
    QTest::newRow("other number") << hint("0047732", "HOSP", {}, "") << false;
    QTest::newRow("number without issuer, birth date agrees") << hint("0047731", "", {}, "19610723") << true;
    QTest::newRow("number without issuer, name agrees") << hint("0047731", "", {"榎本 周平"}, "") << true;
    QTest::newRow("number without issuer, nothing else said") << hint("0047731", "", {}, "") << true;
    QTest::newRow("number without issuer, birth date differs")
        << hint("0047731", "", {}, "19700101") << false;
    QTest::newRow("number without issuer, other name") << hint("0047731", "", {"佐久間 涼"}, "") << false;
    QTest::newRow("name and birth date, wide blank") << hint("", "", {"榎本　周平"}, "19610723") << true;
    QTest::newRow("name in katakana and birth date")
        << hint("", "", {"エノモト シュウヘイ"}, "19610723") << true;
    QTest::newRow("name in half-width kana and birth date")
        << hint("", "", {"ｴﾉﾓﾄ ｼｭｳﾍｲ"}, "19610723") << true;
    QTest::newRow("name in small letters and birth date")
        << hint("", "", {"Enomoto Shuhei"}, "19610723") << true;
    QTest::newRow("name alone is nobody") << hint("", "", {"榎本 周平"}, "") << false;
    QTest::newRow("name with another birth date") << hint("", "", {"榎本 周平"}, "19610724") << false;
    QTest::newRow("birth date alone is nobody") << hint("", "", {}, "19610723") << false;
    QTest::newRow("other number of the same issuer, same name and birth date")
        << hint("0099999", "HOSP", {"榎本 周平"}, "19610723") << false;
    QTest::newRow("number of another hospital, same name and birth date")
        << hint("A-1", "OTHER", {"榎本 周平"}, "19610723") << true;
}

void TestJobSubjects::finds() {
    QFETCH(SubjectHint, said);
    QFETCH(bool, same);
    const Subject person{SubjectId{7}, 1, SubjectMatcher::keyOf(known()), known(), "S-000000000001"};
    const SubjectMatcher matcher({person});
    const auto found = matcher.find(said);
    QCOMPARE(found.has_value(), same);
    if (same) {
        QCOMPARE(found->value, std::int64_t{7});
    }
}

void TestJobSubjects::aliasesOfIssuerBothWays() {
    // The note without issuer came first, the header with issuer later.
    const SubjectHint first = hint("0047731", "", {"榎本 周平"}, "19610723");
    const SubjectMatcher matcher({Subject{SubjectId{3}, 1, SubjectMatcher::keyOf(first), first, ""}});
    QVERIFY(matcher.find(known()).has_value());
}

void TestJobSubjects::keyIsStable_data() {
    QTest::addColumn<SubjectHint>("said");
    QTest::addColumn<QString>("key");
    QTest::newRow("number with issuer") << known() << "HOSP|0047731";
    QTest::newRow("number alone") << hint("12", "", {}, "") << "|12";
    QTest::newRow("nobody") << hint("", "", {}, "19610723") << "";
    QTest::newRow("name without birth date") << hint("", "", {"榎本 周平"}, "") << "";
}

void TestJobSubjects::keyIsStable() {
    QFETCH(SubjectHint, said);
    QFETCH(QString, key);
    QCOMPARE(QString::fromStdString(SubjectMatcher::keyOf(said)), key);
    const std::string one = SubjectMatcher::keyOf(hint("", "", {"榎本 周平"}, "19610723"));
    QCOMPARE(SubjectMatcher::keyOf(hint("", "", {"榎本　周平"}, "19610723")), one);
    QVERIFY(one.find("榎本") == std::string::npos);
}

void TestJobSubjects::hintsGrow() {
    SubjectHint into = hint("", "", {"榎本 周平"}, "");
    QVERIFY(SubjectMatcher::merge(into, known()));
    QCOMPARE(into.patientId, std::string("0047731"));
    QCOMPARE(into.birthDate, std::string("19610723"));
    QCOMPARE(into.names.size(), std::size_t{2});
    QVERIFY(!SubjectMatcher::merge(into, known()));
    // What is known is never replaced.
    QVERIFY(!SubjectMatcher::merge(into, hint("other", "X", {}, "20000101")));
}

void TestJobSubjects::placeholdersIdentifyNobody_data() {
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("placeholder");
    QTest::newRow("zeros") << "00000000" << true;
    QTest::newRow("one letter repeated, with separators") << "XXXX^XXXX" << true;
    QTest::newRow("nothing but separators") << "^^" << true;
    QTest::newRow("dummy word of an anonymiser") << "Removed" << true;
    QTest::newRow("full width") << "ＵＮＫＮＯＷＮ" << true;
    QTest::newRow("Japanese word for unknown") << "不明" << true;
    QTest::newRow("a name") << "榎本^周平" << false;
    QTest::newRow("a name that begins like a dummy word") << "TESTA^MARIO" << false;
    QTest::newRow("a number") << "00000001" << false;
    QTest::newRow("two kanji alike and one more") << "佐々木" << false;
}

void TestJobSubjects::placeholdersIdentifyNobody() {
    QFETCH(QString, value);
    QFETCH(bool, placeholder);
    QCOMPARE(kamei::job::isPlaceholder(value.toStdString()), placeholder);
}

QTEST_APPLESS_MAIN(TestJobSubjects)
#include "TestJobSubjects.moc"
