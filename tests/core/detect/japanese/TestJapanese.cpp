#include <QTest>
#include <algorithm>

#include "core/detect/japanese/Calendar.h"
#include "core/detect/japanese/CheckDigits.h"
#include "core/detect/japanese/Kana.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/japanese/Numerals.h"
#include "core/detect/japanese/Variants.h"

using namespace kamei::detect::japanese;

namespace {

QString show(std::u32string_view text) {
    return QString::fromStdString(toUtf8(text));
}

} // namespace

class TestJapanese : public QObject {
    Q_OBJECT
private slots:
    void normalises_data() {
        QTest::addColumn<QString>("original");
        QTest::addColumn<QString>("expected");
        QTest::newRow("full-width letters and digits") << "ＩＤ：１２３４"
                                                       << "ID:1234";
        QTest::newRow("half-width kana join their sound marks") << "ﾊﾞｯｸﾎﾟｰﾄ ｶﾞﾝ"
                                                                << "バックポート ガン";
        QTest::newRow("dashes and wave dashes") << "03‐0123－4567〜８"
                                                << "03-0123-4567~8";
        QTest::newRow("list marks stay") << "①②"
                                         << "①②";
        QTest::newRow("squared forms are spelled out") << "㈱カワベ ㍾"
                                                       << "(株)カワベ 明治";
        QTest::newRow("combining sound mark") << QString::fromUtf8("か\xE3\x82\x99き") << "がき";
        QTest::newRow("ideographic space") << "山田　太郎"
                                           << "山田 太郎";
    }
    void normalises() {
        QFETCH(QString, original);
        QFETCH(QString, expected);
        QCOMPARE(show(normalise(original.toStdString()).text), expected);
    }

    void mapsBack() {
        const Normalised n = normalise("ﾊﾞ㈱X");
        QCOMPARE(show(n.text), QStringLiteral("バ(株)X"));
        QCOMPARE(n.originalStart(0), 0);
        QCOMPARE(n.originalEnd(1), 2); // ﾊ and ﾞ
        QCOMPARE(n.originalStart(1), 2);
        QCOMPARE(n.originalEnd(4), 3); // ㈱
        QCOMPARE(n.originalEnd(5), 4);
        QCOMPARE(n.originalLength, 4U);
    }

    void everyLineEndIsOne() {
        const Normalised n = normalise("a\r\nb\rc\n");
        QCOMPARE(show(n.text), QStringLiteral("a\nb\nc\n"));
        QCOMPARE(n.originalStart(1), 1);
        QCOMPARE(n.originalEnd(2), 3); // CR and LF
        QCOMPARE(n.originalStart(2), 3);
        QCOMPARE(n.originalLength, 7U);
    }

    void survivesInvalidBytes() {
        const Normalised n = normalise("a\xFF\xE3\x81z");
        QCOMPARE(n.originalLength, 5U);
        QCOMPARE(n.text.front(), U'a');
        QCOMPARE(n.text.back(), U'z');
    }

    void readsNumerals_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("value");
        QTest::addColumn<int>("length");
        QTest::newRow("digits") << "2024年" << qint64{2024} << 4;
        QTest::newRow("by place") << "二〇二四年" << qint64{2024} << 4;
        QTest::newRow("by multiplication") << "三十一日" << qint64{31} << 3;
        QTest::newRow("ten alone") << "十日" << qint64{10} << 1;
        QTest::newRow("legal") << "壱百弐拾参" << qint64{123} << 5;
        QTest::newRow("mixed") << "5千円" << qint64{5000} << 2;
        QTest::newRow("older tens") << "廿三年" << qint64{23} << 2;
        QTest::newRow("older thirty") << "卅日" << qint64{30} << 1;
        QTest::newRow("thousand nine hundred") << "千九百五十一年" << qint64{1951} << 6;
    }
    void readsNumerals() {
        QFETCH(QString, text);
        QFETCH(qint64, value);
        QFETCH(int, length);
        const auto number = readNumeral(toCodePoints(text.toStdString()), 0);
        QVERIFY(number.has_value());
        QCOMPARE(number->value, value);
        QCOMPARE(static_cast<int>(number->length), length);
    }

    void parsesDays_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("month");
        QTest::newRow("compact") << "19510314"
                                 << "1951-03";
        QTest::newRow("hyphens") << "1951-03-14"
                                 << "1951-03";
        QTest::newRow("kanji") << "昭和二十六年三月十四日"
                               << "1951-03";
        QTest::newRow("letter") << "S26.3.14"
                                << "1951-03";
        QTest::newRow("first year") << "令和元年5月1日"
                                    << "2019-05";
        QTest::newRow("full width") << "２０２４／０２／２９"
                                    << "2024-02";
        QTest::newRow("no such day") << "2023-02-29"
                                     << "";
        QTest::newRow("era over") << "H40.13.1"
                                  << "";
        QTest::newRow("Showa ended in 64") << "S99.1.1"
                                           << "";
        QTest::newRow("something follows") << "1951-03-14x"
                                           << "";
    }
    void parsesDays() {
        QFETCH(QString, text);
        QFETCH(QString, month);
        const auto day = parseDay(text.toStdString());
        QCOMPARE(day ? QString::fromStdString(yearMonth(*day)) : QString(), month);
    }

    void checksDigits_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("digits");
        QTest::addColumn<bool>("valid");
        const auto row = [](const char* kind, const char* digits, bool valid) {
            QTest::addRow("%s %s", kind, digits) << QString(kind) << QString(digits) << valid;
        };
        row("my", "123456789018", true);
        row("my", "123456789012", false);
        row("my", "111111111111", false);
        row("resident", "12345678903", true);
        row("resident", "12345678901", false);
        row("insurer", "33120015", true);
        row("insurer", "138016", true);
        row("insurer", "33120014", false);
        row("licence", "300112345650", true);
        row("licence", "300112345600", false);
        row("card", "4111111111111111", true);
        row("card", "4111111111111112", false);
    }
    void checksDigits() {
        QFETCH(QString, kind);
        QFETCH(QString, digits);
        QFETCH(bool, valid);
        const std::string text = digits.toStdString();
        const bool result = kind == "my"         ? isMyNumber(text)
                            : kind == "resident" ? isResidentCode(text)
                            : kind == "insurer"  ? isInsurerNumber(text)
                            : kind == "licence"  ? isDriverLicence(text)
                                                 : isCard(text);
        QCOMPARE(result, valid);
    }

    void writesRomaji() {
        const auto has = [](std::u32string_view kana, const char* latin) {
            const auto all = romaji(kana);
            return std::find(all.begin(), all.end(), latin) != all.end();
        };
        QVERIFY(has(U"サトウ", "satou"));
        QVERIFY(has(U"サトウ", "sato"));
        QVERIFY(has(U"サトウ", "satoh"));
        QVERIFY(has(U"おおの", "ono"));
        QVERIFY(has(U"ホンマ", "homma"));
        QVERIFY(has(U"シュンイチ", "shunichi"));
        QVERIFY(has(U"シュンイチ", "syuniti"));
        QVERIFY(has(U"ハットリ", "hattori"));
    }

    void convertsKana() {
        QCOMPARE(show(toHalfWidth(U"バックポート ガン")), QStringLiteral("ﾊﾞｯｸﾎﾟｰﾄ ｶﾞﾝ"));
        QCOMPARE(show(toHiragana(U"ハヤシ")), QStringLiteral("はやし"));
        QCOMPARE(show(toFullWidth(U"A-1 2")), QStringLiteral("Ａ－１　２"));
    }

    void foldsVariants() {
        QCOMPARE(plainKanji(U'髙'), U'高');
        QCOMPARE(plainKanji(U'﨑'), U'崎');
        QCOMPARE(plainKanji(U'邉'), U'辺');
        QVERIFY(writtenForms(U"渡邉", 8).size() >= 3);
        QCOMPARE(foldForComparison(U'ゃ'), U'ヤ');
    }
};

QTEST_APPLESS_MAIN(TestJapanese)
#include "TestJapanese.moc"
