// Whom a source is about: SubjectMatcher, row by row after the rule it proves.

#include "core/job/Placeholders.h"
#include "core/job/SubjectCompare.h"
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
    void compares_data();
    void compares();
    void clashingNumbersStayTwoPeople();
    void mergedPeopleAreFoundAsOne();
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
    QTest::newRow("reused number: another name and birth date")
        << hint("0047731", "HOSP", {"佐久間 涼"}, "19850211") << false;
    QTest::newRow("changed surname under the same number")
        << hint("0047731", "HOSP", {"渡辺 周平"}, "19610723") << true;
    QTest::newRow("mistyped birth date under the same number and name")
        << hint("0047731", "HOSP", {"榎本 周平"}, "19610732") << true;
    QTest::newRow("twin: one birth date and family name")
        << hint("0047732", "HOSP", {"榎本 康平"}, "19610723") << false;
    QTest::newRow("other form of a kanji and birth date")
        << hint("", "", {"榎夲 周平", "榎本周平"}, "19610723") << true;
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

void TestJobSubjects::compares_data() {
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<int>("agreement");
    using A = kamei::job::NameAgreement;
    const auto row = [](const char* rule, const char* left, const char* right, A agreement) {
        QTest::newRow(rule) << QString::fromUtf8(left) << QString::fromUtf8(right)
                            << static_cast<int>(agreement);
    };
    row("kana and romaji", "エノモト シュウヘイ", "ENOMOTO^SHUHEI", A::Same);
    row("hiragana and Kunrei", "えのもと しゅうへい", "ENOMOTO^SYUUHEI", A::Same);
    row("given name first in Latin letters", "Shuhei Enomoto", "ENOMOTO^SHUHEI", A::Same);
    row("forms of one kanji", "髙橋 渡邉", "高橋 渡辺", A::Same);
    row("kanji and kana cannot be compared", "榎本 周平", "エノモト シュウヘイ", A::Unknown);
    row("changed surname", "榎本 花子", "佐藤 花子", A::SharedGiven);
    row("changed surname without separator", "榎本花子", "佐藤 花子", A::SharedGiven);
    row("twins", "榎本 周平", "榎本 康平", A::SharedFamily);
    row("strangers", "榎本 周平", "佐久間 涼", A::Different);
    row("one script of several agrees", "ENOMOTO^SHUHEI=榎本^周平", "榎本　周平", A::Same);
}

void TestJobSubjects::compares() {
    QFETCH(QString, left);
    QFETCH(QString, right);
    QFETCH(int, agreement);
    const auto of = [](const QString& name) { return hint("", "", {name.toStdString()}, ""); };
    QCOMPARE(static_cast<int>(kamei::job::compare(of(left), of(right)).name), agreement);
    QCOMPARE(static_cast<int>(kamei::job::compare(of(right), of(left)).name), agreement);
}

void TestJobSubjects::clashingNumbersStayTwoPeople() {
    // Two hospitals, neither of which states an issuer, gave out one number.
    const SubjectHint first = hint("1001", "", {"榎本 周平"}, "19610723");
    const SubjectHint second = hint("1001", "", {"佐久間 涼"}, "19850211");
    SubjectMatcher matcher({Subject{SubjectId{1}, 1, SubjectMatcher::keyOf(first), first, "", {}}});
    QVERIFY(!matcher.find(second));
    const std::string key = matcher.freeKeyOf(second);
    QVERIFY(key != SubjectMatcher::keyOf(first));
    matcher.add(Subject{SubjectId{2}, 2, key, second, "", {}});
    QCOMPARE(matcher.find(first)->value, std::int64_t{1});
    QCOMPARE(matcher.find(second)->value, std::int64_t{2});
    QCOMPARE(matcher.find(hint("1001", "", {}, "19850211"))->value, std::int64_t{2});
    // The number alone says whom it means to nobody.
    QVERIFY(!matcher.find(hint("1001", "", {}, "")));
    QVERIFY(matcher.freeKeyOf(hint("1001", "", {}, "")) != key);
}

void TestJobSubjects::mergedPeopleAreFoundAsOne() {
    const SubjectHint first = hint("1", "A", {"榎本 花子"}, "19610723");
    const SubjectHint second = hint("2", "A", {"佐藤 花子"}, "19610723");
    const SubjectMatcher matcher({Subject{SubjectId{1}, 1, "A|1", first, "", {}},
                                  Subject{SubjectId{2}, 2, "A|2", second, "", SubjectId{1}}});
    QCOMPARE(matcher.find(second)->value, std::int64_t{1});
    QCOMPARE(matcher.find(hint("", "", {"佐藤 花子"}, "19610723"))->value, std::int64_t{1});
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
