#include <QTest>
#include <algorithm>

#include "core/detect/known/Matcher.h"
#include "core/detect/known/Spellings.h"

using namespace kamei;
using namespace kamei::detect::known;

namespace {

model::KnownIdentifier known(const char* kind, const QString& value) {
    return {{}, kind, value.toStdString(), {}, {}};
}

} // namespace

class TestKnown : public QObject {
    Q_OBJECT
private slots:
    void spells_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("spelling");
        const auto row = [](const char* rule, const char* kind, const char* value, const char* spelling) {
            QTest::newRow(rule) << QString(kind) << QString::fromUtf8(value) << QString::fromUtf8(spelling);
        };
        row("no separator", "patient-name", "林 健太郎", "林健太郎");
        row("ideographic space", "patient-name", "林 健太郎", "林　健太郎");
        row("DICOM separator", "patient-name", "林 健太郎", "林^健太郎");
        row("kanji variant", "patient-name", "髙﨑 恵", "高崎恵");
        row("hiragana", "patient-name", "ハヤシ ケンタロウ", "はやし けんたろう");
        row("half-width", "patient-name", "ハヤシ ケンタロウ", "ﾊﾔｼ ｹﾝﾀﾛｳ");
        row("romaji upper", "patient-name", "ハヤシ ケンタロウ", "HAYASHI KENTARO");
        row("romaji, given first", "patient-name", "ハヤシ ケンタロウ", "Kentarou Hayashi");
        row("romaji DICOM", "patient-name", "HAYASHI^KENTARO", "Hayashi, Kentaro");
        row("groups of DICOM", "patient-name", "HAYASHI^KENTARO=林^健太郎=ハヤシ^ケンタロウ", "林 健太郎");
        row("date with dots", "birth-date", "19510314", "1951.3.14");
        row("date in an era", "birth-date", "1951-03-14", "昭和26年3月14日");
        row("date by letter", "birth-date", "1951-03-14", "S26.3.14");
        row("date in kanji", "birth-date", "1951-03-14", "昭和二十六年三月十四日");
        row("date in English", "birth-date", "1951-03-14", "14-MAR-1951");
        row("id without hyphen", "patient-id", "0045-8812", "00458812");
        row("id in full width", "patient-id", "00458812", "００４５８８１２");
        row("phone with brackets", "phone", "0263018899", "0263(01)8899");
        row("phone without marks", "phone", "090-0123-4471", "09001234471");
    }
    void spells() {
        QFETCH(QString, kind);
        QFETCH(QString, value);
        QFETCH(QString, spelling);
        const auto all = spellings(known(kind.toUtf8().constData(), value));
        QVERIFY(std::find(all.begin(), all.end(), spelling.toStdString()) != all.end());
    }

    void leavesOutWhatOccursByChance() {
        for (const std::string& text : spellings(known("patient-id", "17"))) {
            QVERIFY2(text.size() > 3, text.c_str());
        }
        const auto all = spellings(known("patient-name", "林 健太郎"));
        QVERIFY(std::find(all.begin(), all.end(), "林") == all.end());
    }

    void finds_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        QTest::newRow("as it is") << "患者 林 健太郎 様"
                                  << "林 健太郎";
        QTest::newRow("line break inside") << "患者 林\n健太郎 様"
                                           << "林\n健太郎";
        QTest::newRow("kana") << "(ﾊﾔｼ ｹﾝﾀﾛｳ)"
                              << "ﾊﾔｼ ｹﾝﾀﾛｳ";
        QTest::newRow("romaji") << "PT: kentaro_HAYASHI.dcm"
                                << "kentaro_HAYASHI";
        QTest::newRow("id with other marks") << "ID 0045-8812 "
                                             << "0045-8812";
        QTest::newRow("id full width") << "ID００４５８８１２"
                                       << "００４５８８１２";
        QTest::newRow("not in a longer number") << "100458812"
                                                << "";
        QTest::newRow("not in a joined number") << "0852-01-00458812"
                                                << "";
        QTest::newRow("surname alone is no whole") << "林さん"
                                                   << "";
    }
    void finds() {
        QFETCH(QString, text);
        QFETCH(QString, found);
        const std::vector<model::KnownIdentifier> list{known("patient-name", "林 健太郎"),
                                                       known("patient-name", "ハヤシ ケンタロウ"),
                                                       known("patient-id", "00458812")};
        const auto hits = searchKnown(text.toStdString(), list);
        QCOMPARE(hits.size(), found.isEmpty() ? 0U : 1U);
        if (!hits.empty()) {
            QCOMPARE(text.mid(static_cast<int>(hits[0].start), static_cast<int>(hits[0].end - hits[0].start)),
                     found);
        }
    }
};

QTEST_APPLESS_MAIN(TestKnown)
#include "TestKnown.moc"
