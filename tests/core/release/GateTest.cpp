#include <QTest>

#include "core/keys/Sealed.h"
#include "core/release/DeletedInformation.h"
#include "core/release/Gate.h"

using namespace kamei::release;
using kamei::base::ErrorCode;
using kamei::keys::passphraseSuffices;
using kamei::keys::seal;
using kamei::keys::unseal;

namespace {

kamei::model::PurposeSheet fullSheet() {
    kamei::model::PurposeSheet sheet;
    sheet.purpose = "診断支援AIの研究開発";
    sheet.dataItems = "胸部CT 128名";
    sheet.newPurpose = "診断支援AIの研究開発";
    sheet.jointUse = "共同利用します";
    sheet.jointItems = "画像、年齢、性別";
    sheet.jointUsers = "株式会社ミナトメディカルAI（架空）";
    sheet.jointPurpose = "性能評価";
    sheet.responsible = "架空大学病院 架空県架空市1 病院長 森田 彩";
    return sheet;
}

GateFacts openGate() {
    GateFacts facts;
    facts.sheet = fullSheet();
    facts.today = "2026-11-21";
    facts.auditVerifies = true;
    facts.files = 10;
    return facts;
}

} // namespace

class GateTest : public QObject {
    Q_OBJECT

private slots:
    void isOpenOnlyWhenAllIsMet() {
        QVERIFY(evaluate(openGate()).empty());
        QVERIFY(!evaluate(GateFacts{}).empty()); // nothing known: closed
    }

    void eachConditionCloses_data() {
        QTest::addColumn<int>("condition");
        for (const Condition condition : kConditions) {
            QTest::newRow(word(condition).data()) << static_cast<int>(condition);
        }
    }
    void eachConditionCloses() {
        QFETCH(int, condition);
        GateFacts facts = openGate();
        GateFacts::Open open;
        open.count = 3;
        open.assets = {{1}, {2}};
        switch (static_cast<Condition>(condition)) {
        case Condition::RequiredDecided:
            facts.required = open;
            break;
        case Condition::ConditionalJudged:
            facts.conditional = open;
            break;
        case Condition::UnreadableDecided:
            facts.unreadable = open;
            break;
        case Condition::StagedCurrent:
            facts.stale = open;
            break;
        case Condition::Confirmed:
            facts.unconfirmed = open;
            break;
        case Condition::SecondPerson:
            facts.secondPerson = open;
            break;
        case Condition::ConfirmationsSigned:
            facts.unsignedOnes = open;
            break;
        case Condition::ResidualsClear:
            facts.residuals = open;
            break;
        case Condition::NobodySingledOut:
            facts.singledOut = open;
            break;
        case Condition::SubjectsSettled:
            facts.unsettled = open;
            break;
        case Condition::SheetComplete:
            facts.sheet.purpose = " \t";
            facts.sheet.jointUsers = "　";
            facts.sheet.responsible.clear();
            break;
        case Condition::SourcesUnchanged:
            facts.changedSources = open;
            break;
        case Condition::AuditVerifies:
            facts.auditVerifies = false;
            break;
        }
        const auto points = evaluate(facts);
        QCOMPARE(points.size(), std::size_t{1});
        QCOMPARE(static_cast<int>(points.front().condition), condition);
        QCOMPARE(points.front().count,
                 std::int64_t{static_cast<Condition>(condition) == Condition::AuditVerifies ? 1 : 3});
    }

    void pointsComeInOrderAndBounded() {
        GateFacts facts;
        facts.required.assets.resize(250, {7});
        const auto points = evaluate(facts);
        QCOMPARE(points.size(), std::size_t{4});      // required, nothing staged, sheet, audit
        QCOMPARE(points[0].count, std::int64_t{250}); // ids without a count fail closed
        QCOMPARE(points[0].assets.size(), std::size_t{100});
        QVERIFY(points[1].condition == Condition::StagedCurrent && points[1].count == 0);
        QCOMPARE(points[2].fields.size(), std::size_t{8});
        QVERIFY(std::ranges::is_sorted(points, {}, &GatePoint::condition));
    }

    void keepingNeedsReasonAndDate_data() {
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("until");
        QTest::addColumn<QString>("missing");
        QTest::newRow("complete") << "有害事象の照会に備える"
                                  << "2027-03-31"
                                  << "";
        QTest::newRow("until today") << "有害事象の照会に備える"
                                     << "2026-11-21"
                                     << "";
        QTest::newRow("no reason") << ""
                                   << "2027-03-31"
                                   << "keepReason";
        QTest::newRow("past date") << "理由"
                                   << "2026-11-20"
                                   << "keepUntil";
        QTest::newRow("no date") << "理由"
                                 << ""
                                 << "keepUntil";
        QTest::newRow("no ISO date") << "理由"
                                     << "31.03.2027"
                                     << "keepUntil";
    }
    void keepingNeedsReasonAndDate() {
        QFETCH(QString, reason);
        QFETCH(QString, until);
        QFETCH(QString, missing);
        auto sheet = fullSheet();
        QVERIFY(fateOf(sheet, "2026-11-21") == Fate::Destroy);
        sheet.keepDeletedInformation = true;
        sheet.keepReason = reason.toStdString();
        sheet.keepUntil = until.toStdString();
        const auto fate = fateOf(sheet, "2026-11-21");
        QCOMPARE(fate.has_value(), missing.isEmpty());
        if (!fate) {
            QVERIFY(fate.error().code == ErrorCode::ReasonRequired);
            QCOMPARE(QString::fromStdString(fate.error().args.front()), missing);
        }
    }

    void countsCharactersOfPassphrases_data() {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<bool>("suffices");
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("eleven letters") << QStringLiteral("abcdefghijk") << false;
        QTest::newRow("twelve letters") << QStringLiteral("abcdefghijkl") << true;
        QTest::newRow("six kana in eighteen bytes") << QStringLiteral("ひみつの言葉") << false;
        QTest::newRow("twelve kana") << QStringLiteral("だれにもいわないことば！") << true;
    }
    void countsCharactersOfPassphrases() {
        QFETCH(QString, passphrase);
        QFETCH(bool, suffices);
        QCOMPARE(passphraseSuffices(kamei::base::Redacted("passphrase", passphrase.toStdString())), suffices);
    }

    void sealsAndOpens() {
        const std::string secret = "key and shifts";
        const auto bytes = std::as_bytes(std::span(secret));
        const kamei::base::Redacted passphrase("passphrase", "ひみつの言葉");
        auto sealed = seal(bytes, passphrase);
        QVERIFY(sealed.has_value());
        QVERIFY(std::ranges::search(*sealed, bytes).empty());
        const auto opened = unseal(*sealed, passphrase);
        QVERIFY(opened.has_value());
        QVERIFY(std::ranges::equal(opened->span(), bytes));
        QVERIFY(unseal(*sealed, kamei::base::Redacted("passphrase", "other")).error().code ==
                ErrorCode::PermissionDenied);
        QVERIFY(!seal(bytes, kamei::base::Redacted("passphrase", "")).has_value());
        sealed->back() ^= std::byte{1};
        QVERIFY(unseal(*sealed, passphrase).error().code == ErrorCode::PermissionDenied);
        QVERIFY(unseal(std::span(*sealed).first(20), passphrase).error().code == ErrorCode::Malformed);
        std::ranges::fill(std::span(*sealed).subspan(15, 16), std::byte{0xFF}); // limits beyond all bounds
        QVERIFY(unseal(*sealed, passphrase).error().code == ErrorCode::Malformed);
    }
};

QTEST_APPLESS_MAIN(GateTest)
#include "GateTest.moc"
