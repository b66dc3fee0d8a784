#include "core/risk/Risk.h"

#include <QTest>

using kamei::model::Action;
using kamei::model::DecisionState;
using kamei::model::Finding;
using kamei::model::Locator;

class TraitsTest : public QObject {
    Q_OBJECT

private slots:
    void reads_data() {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("action"); // -1: undecided
        QTest::addColumn<QString>("replacement");
        QTest::addColumn<QString>("trait"); // empty: reveals nothing
        const auto row = [](const char* name, const char* label, const char* text, int action,
                            const char* replacement, const char* trait) {
            QTest::newRow(name) << label << text << action << replacement << trait;
        };
        const int keep = static_cast<int>(Action::Keep);
        const int generalise = static_cast<int>(Action::Generalise);
        row("sex of an attribute", "PatientSex", "F ", keep, "", "sex=F");
        row("sex in text", "SEX", "女性", keep, "", "sex=F");
        row("male in English", "SEX", "Male", keep, "", "sex=M");
        row("age of an attribute", "PatientAge", "045Y", keep, "", "age=45");
        row("age in text", "AGE", "４５歳", keep, "", "age=45");
        row("age in months", "PatientAge", "030M", keep, "", "age=2");
        row("age top-coded", "PatientAge", "097Y", static_cast<int>(Action::TopCode), "090Y", "age=90");
        row("birth date generalised", "PatientBirthDate", "19580817", generalise, "19580801",
            "birth-month=1958-08");
        row("birth date in an era", "BIRTH_DATE", "昭和33年8月17日", generalise, "", "birth-month=1958-08");
        row("birth date of an EDF+ header", "PatientBirthDate", "11-JUL-1992", generalise, "",
            "birth-month=1992-07");
        row("birth date kept", "PatientBirthDate", "19580807", keep, "", "birth-date=1958-08-07");
        row("birth date undecided is as staging would write it", "PatientBirthDate", "19580817", -1, "",
            "birth-month=1958-08");
        row("birth date deleted", "PatientBirthDate", "19580817", static_cast<int>(Action::Delete), "", "");
        row("birth date shifted", "PatientBirthDate", "19580817", static_cast<int>(Action::Shift), "", "");
        row("address generalised by the detector", "ADDRESS", "東京都中央区築地5-1-1", generalise,
            "東京都中央区", "municipality=東京都中央区");
        row("address generalised, no replacement", "ADDRESS", "東京都中央区築地5-1-1", generalise, "",
            "municipality=東京都中央区");
        row("city with its own sign", "ADDRESS", "千葉県市川市八幡1-1-1", generalise, "",
            "municipality=千葉県市川市");
        row("address kept", "ADDRESS", "東京都中央区築地５", keep, "", "municipality=東京都中央区築地5");
        row("occupation kept", "OCCUPATION", "教員", keep, "", "occupation=教員");
        row("occupation deleted", "OCCUPATION", "教員", static_cast<int>(Action::Delete), "", "");
        row("facial surface kept after judgement", "FaceSurface", "face", keep, "", "face=kept");
        row("facial surface removed", "FaceSurface", "face", static_cast<int>(Action::Deface), "", "");
        row("examination day kept by a person", "StudyDate", "20260305", keep, "",
            "examination-date=2026-03-05");
        row("examination day undecided will be shifted", "StudyDate", "20260305", -1, "", "");
        row("examination day shifted", "StudyDate", "20260305", static_cast<int>(Action::Shift), "", "");
        row("an identifier is no quasi-identifier", "PatientName", "X", keep, "", "");
    }
    void reads() {
        QFETCH(QString, label);
        QFETCH(QString, text);
        QFETCH(int, action);
        QFETCH(QString, replacement);
        QFETCH(QString, trait);
        Finding finding;
        finding.asset.value = 3;
        finding.label = label.toStdString();
        finding.text = text.toStdString();
        finding.replacement = replacement.toStdString();
        finding.suggested = action < 0 ? Action::Generalise : static_cast<Action>(action);
        finding.action = finding.suggested;
        finding.state = action < 0 ? DecisionState::Open : DecisionState::Accepted;
        const auto traits = kamei::risk::traitsOf(std::vector{finding, finding});
        QCOMPARE(traits.size(), trait.isEmpty() ? std::size_t{0} : std::size_t{1});
        if (!trait.isEmpty()) {
            QCOMPARE(QString::fromStdString(traits.front().field + "=" + traits.front().value), trait);
            QCOMPARE(traits.front().asset.value, std::int64_t{3});
            QCOMPARE(traits.front().decided, action >= 0);
        }
    }

    /// A value that a decision leaves stands, whatever else nobody has decided on.
    void whatIsDecidedOnceIsDecided() {
        Finding open;
        open.label = "PatientSex";
        open.text = "M";
        Finding kept = open;
        kept.state = DecisionState::Rejected;
        for (const auto& both : {std::vector{open, kept}, std::vector{kept, open}}) {
            const auto traits = kamei::risk::traitsOf(both);
            QCOMPARE(traits.size(), std::size_t{1});
            QVERIFY(traits.front().decided);
        }
        QVERIFY(!kamei::risk::traitsOf(std::vector{open}).front().decided);
        open.suggested = Action::Delete;
        QVERIFY(kamei::risk::traitsOf(std::vector{open}).empty()); // staging takes it out
    }

    void knowsWhereFrom() {
        Finding attribute;
        attribute.label = "PatientSex";
        attribute.text = "M";
        attribute.locator.kind = Locator::Kind::Attribute;
        Finding text = attribute;
        text.label = "SEX";
        text.locator.kind = Locator::Kind::Text;
        Finding header = text;
        header.locator.path = "/ClinicalDocument/recordTarget/patientRole/patient/administrativeGenderCode";
        QVERIFY(kamei::risk::traitsOf(std::vector{attribute}).front().structured);
        QVERIFY(!kamei::risk::traitsOf(std::vector{text}).front().structured);
        QVERIFY(kamei::risk::traitsOf(std::vector{header}).front().structured);
    }
};

QTEST_APPLESS_MAIN(TraitsTest)
#include "TraitsTest.moc"
