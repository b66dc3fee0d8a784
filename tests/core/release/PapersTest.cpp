#include "core/release/Papers.h"

#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>
#include <array>

using namespace kamei;
using namespace kamei::release;

class PapersTest : public QObject {
    Q_OBJECT

private slots:
    void pagesAreWholeAndKnowEveryWord() {
        model::PurposeSheet sheet;
        sheet.notes["contract.3"] = "暗号化 <AES-256>";
        sheet.jointUsers = "A & B";
        const auto advisor = *guideline::Advisor::load();
        std::vector<std::string> pages{*contractHtml(sheet), *dutiesHtml(),
                                       *minimisationHtml(sheet, {{"AGE", "年齢", "age", "4.4", 12, ""}})};
        for (const auto provider : guideline::kProviders) {
            for (const auto stage : guideline::kStages) {
                for (const auto aim : guideline::kAims) {
                    for (const auto recipient : guideline::kRecipients) {
                        const guideline::Situation situation{std::string(provider), std::string(stage),
                                                             std::string(aim), std::string(recipient)};
                        pages.push_back(*basisHtml(situation, *advisor.advise(situation)));
                    }
                }
            }
        }
        for (const std::string& page : pages) {
            const QString html = QString::fromStdString(page);
            // A key of a sentence that nobody wrote would stand there as it is.
            const QRegularExpression key(
                ">(contract|duties|basis|minimisation|report|notice)\\.[a-z0-9.-]+<");
            QVERIFY2(!html.contains(key), qPrintable(key.match(html).captured(0)));
            QVERIFY(html.contains("lang=\"ja\"") && html.contains("lang=\"en\""));
            QVERIFY(!html.contains("<script"));
        }
        QVERIFY(pages[0].find("暗号化 &lt;AES-256&gt;") != std::string::npos);
    }

    void dutiesAreThoseOfTheTable() {
        // Guideline 3.6.1: thirteen duties, of which six do not bind where it is no personal information.
        const QString html = QString::fromStdString(*dutiesHtml());
        QCOMPARE(html.count(">なし<"), 6);
        QCOMPARE(html.count(">あり<"), 13 + 7);
    }

    void contractAsksForAllItems() {
        model::PurposeSheet sheet;
        QCOMPARE(openContractItems(sheet).size(), std::size_t{kContractItems});
        sheet.notes[contractKey(2)] = "  ";
        QCOMPARE(openContractItems(sheet).size(), std::size_t{kContractItems});
        for (int item = 1; item <= kContractItems; ++item) {
            sheet.notes[contractKey(item)] = "x";
        }
        QVERIFY(openContractItems(sheet).empty());
    }

    void situationOfTheSheet() {
        model::PurposeSheet sheet;
        sheet.notes = {{"basis.stage", "explore"}, {"basis.aim", "nonsense"}};
        QCOMPARE(situationOf(sheet).stage, std::string("explore"));
        QCOMPARE(situationOf(sheet).aim, guideline::Situation{}.aim);
    }
};

QTEST_GUILESS_MAIN(PapersTest)
#include "PapersTest.moc"
