#include <QCoreApplication>
#include <QTest>

#include "core/base/Error.h"
#include "ui/text/Language.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

using namespace kamei;

Q_DECLARE_METATYPE(kamei::base::ErrorCode)

/// Every code of core has words in both languages.
class TestWords : public QObject {
    Q_OBJECT

private slots:
    void everyErrorHasThreeParts_data() {
        QTest::addColumn<base::ErrorCode>("code");
        for (int value = 0; value <= static_cast<int>(base::ErrorCode::Internal); ++value) {
            const auto code = static_cast<base::ErrorCode>(value);
            const auto word = base::errorWord(code);
            QTest::newRow(std::string(word).c_str()) << code;
        }
    }
    void everyErrorHasThreeParts() {
        QFETCH(base::ErrorCode, code);
        QStringList english;
        for (const auto language : {ui::text::Language::English, ui::text::Language::Japanese}) {
            ui::text::install(language);
            for (const auto& args : {std::vector<std::string>{}, std::vector<std::string>{"7", "8"}}) {
                const ui::text::ErrorSentence made = ui::text::sentence({code, args, "a.place"});
                const QString end =
                    language == ui::text::Language::English ? QStringLiteral(".") : QStringLiteral("。");
                for (const QString& part : {made.what, made.safe}) {
                    QVERIFY(!part.isEmpty());
                    QVERIFY2(part.endsWith(end), qPrintable(part));
                    QVERIFY2(!part.contains(QLatin1String("%1")), qPrintable(part));
                }
                QVERIFY(!made.todo.isEmpty());
                QVERIFY(!made.todo.contains(QLatin1String("%1")));
                if (language == ui::text::Language::English) {
                    english.append(made.what);
                } else {
                    QVERIFY2(!english.contains(made.what), "not translated");
                }
            }
        }
        if (code != base::ErrorCode::Internal) {
            ui::text::install(ui::text::Language::English);
            const auto internal = ui::text::sentence({base::ErrorCode::Internal, {}, {}});
            QVERIFY2(ui::text::sentence({code, {}, {}}).what != internal.what,
                     "a code without a sentence of its own");
        }
    }

    void everyWordIsTranslated() {
        const auto collect = [] {
            QStringList words;
            for (int at = 0; at <= static_cast<int>(model::Category::None); ++at) {
                words << ui::text::categoryName(static_cast<model::Category>(at));
            }
            for (int at = 0; at <= static_cast<int>(model::Requirement::None); ++at) {
                words << ui::text::requirementName(static_cast<model::Requirement>(at))
                      << ui::text::requirementPill(static_cast<model::Requirement>(at));
            }
            for (int at = 0; at <= static_cast<int>(model::Action::Synthesise); ++at) {
                words << ui::text::actionName(static_cast<model::Action>(at));
            }
            for (int at = 0; at <= static_cast<int>(model::DecisionState::Rejected); ++at) {
                words << ui::text::stateName(static_cast<model::DecisionState>(at));
            }
            for (int at = 0; at <= static_cast<int>(model::Origin::Person); ++at) {
                words << ui::text::originName(static_cast<model::Origin>(at));
            }
            for (int at = 0; at <= static_cast<int>(model::AssetKind::Unreadable); ++at) {
                words << ui::text::kindName(static_cast<model::AssetKind>(at));
            }
            for (int at = 0; at <= static_cast<int>(model::AssetState::Excluded); ++at) {
                words << ui::text::assetStateName(static_cast<model::AssetState>(at));
            }
            for (const auto condition : release::kConditions) {
                words << ui::text::conditionName(condition);
            }
            for (int step = 1; step <= 8; ++step) {
                words << ui::text::stepName(step);
            }
            return words;
        };
        ui::text::install(ui::text::Language::English);
        const QStringList english = collect();
        ui::text::install(ui::text::Language::Japanese);
        const QStringList japanese = collect();
        QCOMPARE(japanese.size(), english.size());
        for (qsizetype at = 0; at < english.size(); ++at) {
            QVERIFY(!english[at].isEmpty());
            QVERIFY(!japanese[at].isEmpty());
            QVERIFY2(english[at] != japanese[at], qPrintable(english[at]));
        }
    }

    /// The letters of the squares.
    void letters() {
        ui::text::install(ui::text::Language::Japanese);
        QCOMPARE(ui::text::categoryLetter(model::Category::Code1), QStringLiteral("符"));
        QCOMPARE(ui::text::categoryLetter(model::Category::Identifier), QStringLiteral("識"));
        QCOMPARE(ui::text::categoryLetter(model::Category::QuasiIdentifier), QStringLiteral("準"));
        QCOMPARE(ui::text::categoryLetter(model::Category::Financial), QStringLiteral("財"));
        QCOMPARE(ui::text::categoryLetter(model::Category::LinkingCode), QStringLiteral("結"));
        QCOMPARE(ui::text::categoryLetter(model::Category::Contact), QStringLiteral("絡"));
        QCOMPARE(ui::text::requirementPill(model::Requirement::Conditional), QStringLiteral("要判断"));
        ui::text::install(ui::text::Language::English);
        QCOMPARE(ui::text::categoryLetter(model::Category::Code1), QStringLiteral("P"));
    }

    void languageOfTheSetting() {
        QCOMPARE(ui::text::languageFor(QStringLiteral("ja")), ui::text::Language::Japanese);
        QCOMPARE(ui::text::languageFor(QStringLiteral("ja_JP")), ui::text::Language::Japanese);
        QCOMPARE(ui::text::languageFor(QStringLiteral("en")), ui::text::Language::English);
        QCOMPARE(ui::text::languageFor(QStringLiteral("C")), ui::text::Language::Japanese);
    }

    void figures() {
        QCOMPARE(ui::text::subjectName(7), QStringLiteral("P-0007"));
        QCOMPARE(ui::text::remaining(130), QStringLiteral("02:10"));
        QCOMPARE(ui::text::remaining(3723), QStringLiteral("1:02:03"));
        QCOMPARE(ui::text::remaining(-1), QString());
        QCOMPARE(ui::text::stepNumber(4), QStringLiteral("④"));
    }
};

QTEST_MAIN(TestWords)
#include "TestWords.moc"
