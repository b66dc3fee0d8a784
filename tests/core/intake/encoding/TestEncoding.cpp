#include <QTest>

#include "core/intake/encoding/Encoding.h"
#include "core/intake/encoding/Unicode.h"

using namespace kamei;
using namespace kamei::intake::encoding;

namespace {

constexpr Encoding kAll[] = {Encoding::Utf8,  Encoding::Utf8Bom, Encoding::Utf16Le,  Encoding::Utf16Be,
                             Encoding::Cp932, Encoding::EucJp,   Encoding::Iso2022Jp};

QByteArray bytes(const std::string& text) {
    return QByteArray::fromStdString(text);
}

} // namespace

class TestEncoding : public QObject {
    Q_OBJECT

private slots:
    void roundTrip_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("ascii") << QStringLiteral("MRI 2026-03-05\r\n");
        QTest::newRow("kanji and kana") << QStringLiteral("三上　陽子さんの退院時要約。ヨウコ");
        QTest::newRow("half-width kana") << QStringLiteral("ﾐｶﾐ ﾖｳｺ ｶﾞｷﾞ");
        QTest::newRow("wave dash and minus as Windows has them") << QStringLiteral("10～20－5∥");
        QTest::newRow("NEC row 13") << QStringLiteral("①②㈱℡Ⅲ");
        QTest::newRow("IBM kanji") << QStringLiteral("髙橋﨑");
        QTest::newRow("backslash inside a double byte") << QStringLiteral("表示能ソ十");
        QTest::newRow("mixed") << QStringLiteral("ID:0045 ｶﾅ漢字\tABC\n改行");
    }
    void roundTrip() {
        QFETCH(QString, text);
        const std::string utf8 = text.toStdString();
        for (const Encoding encoding : kAll) {
            const auto encoded = encode(utf8, encoding);
            QVERIFY2(encoded.has_value(), word(encoding).data());
            std::vector<std::uint32_t> offsets;
            const auto decoded = decode(*encoded, encoding, &offsets);
            QVERIFY2(decoded.has_value(), word(encoding).data());
            QCOMPARE(QString::fromStdString(*decoded), text);
            QCOMPARE(static_cast<std::int64_t>(offsets.size()), countCodePoints(utf8) + 1);
            QCOMPARE(offsets.back(), encoded->size());
        }
    }

    void encodesAsWindowsDoes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("cp932");
        QTest::newRow("taka with ladder") << QStringLiteral("髙") << QByteArray("\xFB\xFC");
        QTest::newRow("saki with standing top") << QStringLiteral("﨑") << QByteArray("\xFA\xB1");
        QTest::newRow("circled one") << QStringLiteral("①") << QByteArray("\x87\x40");
        QTest::newRow("full-width tilde") << QStringLiteral("～") << QByteArray("\x81\x60");
        QTest::newRow("not sign") << QStringLiteral("￢") << QByteArray("\x81\xCA");
    }
    void encodesAsWindowsDoes() {
        QFETCH(QString, text);
        QFETCH(QByteArray, cp932);
        const auto encoded = encode(text.toStdString(), Encoding::Cp932);
        QVERIFY(encoded.has_value());
        QCOMPARE(bytes(*encoded), cp932);
    }

    void refusesWhatAnEncodingCannotHold_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("encoding");
        QTest::newRow("emoji in cp932") << QStringLiteral("😀") << int(Encoding::Cp932);
        QTest::newRow("hangul in euc-jp") << QStringLiteral("한") << int(Encoding::EucJp);
        QTest::newRow("e acute in iso-2022-jp") << QStringLiteral("한") << int(Encoding::Iso2022Jp);
    }
    void refusesWhatAnEncodingCannotHold() {
        QFETCH(QString, text);
        QFETCH(int, encoding);
        const auto encoded = encode(text.toStdString(), static_cast<Encoding>(encoding));
        QVERIFY(!encoded.has_value());
        QCOMPARE(encoded.error().code, base::ErrorCode::UnsupportedEncoding);
    }

    void refusesMalformedBytes_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("encoding");
        QTest::newRow("overlong utf-8") << QByteArray("\xC0\xAF") << int(Encoding::Utf8);
        QTest::newRow("utf-8 surrogate") << QByteArray("\xED\xA0\x80") << int(Encoding::Utf8);
        QTest::newRow("cut utf-8") << QByteArray("\xE4\xB8") << int(Encoding::Utf8);
        QTest::newRow("lone utf-16 surrogate") << QByteArray("\x00\xD8", 2) << int(Encoding::Utf16Le);
        QTest::newRow("odd utf-16") << QByteArray("a\0b", 3) << int(Encoding::Utf16Le);
        QTest::newRow("cut cp932") << QByteArray("\x8E") << int(Encoding::Cp932);
        QTest::newRow("unassigned cp932") << QByteArray("\x85\x40") << int(Encoding::Cp932);
        QTest::newRow("cut euc-jp") << QByteArray("\xB0") << int(Encoding::EucJp);
        QTest::newRow("eight bits in iso-2022-jp") << QByteArray("\xB0\xA1") << int(Encoding::Iso2022Jp);
        QTest::newRow("half a character before an escape")
            << QByteArray("\x1B$B0\x1B(B") << int(Encoding::Iso2022Jp);
    }
    void refusesMalformedBytes() {
        QFETCH(QByteArray, input);
        QFETCH(int, encoding);
        QVERIFY(!decode(input.toStdString(), static_cast<Encoding>(encoding)).has_value());
    }

    void detectsShortTexts_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("sentence") << QStringLiteral("本日、発熱にて受診。");
        QTest::newRow("name in kanji") << QStringLiteral("氏名：山田　太郎\n生年月日：昭和33年8月2日");
        QTest::newRow("katakana") << QStringLiteral("ヤマダ　タロウ、クリニック");
        QTest::newRow("kanji only") << QStringLiteral("退院時要約、検査結果報告書");
        QTest::newRow("csv header") << QStringLiteral(
            "患者ID,氏名,性別,生年月日\n0001,山田太郎,男,19580802\n");
    }
    void detectsShortTexts() {
        QFETCH(QString, text);
        for (const Encoding encoding :
             {Encoding::Utf8, Encoding::Cp932, Encoding::EucJp, Encoding::Iso2022Jp}) {
            const auto encoded = encode(text.toStdString(), encoding);
            QVERIFY(encoded.has_value());
            const auto guess = detect(*encoded);
            QVERIFY2(guess.has_value(), word(encoding).data());
            QCOMPARE(QString::fromUtf8(word(guess->encoding).data()),
                     QString::fromUtf8(word(encoding).data()));
            QVERIFY2(!guess->doubtful, word(encoding).data());
        }
    }

    void detectsHalfWidthKana() {
        const auto encoded = encode("ﾔﾏﾀﾞ ﾀﾛｳ ｽｽﾞｷ ﾊﾅｺ", Encoding::Cp932);
        QVERIFY(encoded.has_value());
        QCOMPARE(detect(*encoded)->encoding, Encoding::Cp932);
    }

    void saysWhatIsNoText_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("control characters") << QByteArray("ab\x01\x02");
        QTest::newRow("zeros") << QByteArray("\0\0\0\0", 4);
        QTest::newRow("png signature") << QByteArray("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16);
        QTest::newRow("random high bytes") << QByteArray("\xFF\xFF\xA0\xFD\x80");
    }
    void saysWhatIsNoText() {
        QFETCH(QByteArray, input);
        QVERIFY(!detect(input.toStdString()).has_value());
    }

    void splicesIntoIso2022Jp_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("end");
        QTest::addColumn<QString>("value");
        QTest::newRow("kanji by ascii inside kanji")
            << QStringLiteral("患者三上陽子様") << 2 << 6 << QStringLiteral("S-5F2A91");
        QTest::newRow("kanji by kanji")
            << QStringLiteral("患者三上陽子様") << 2 << 6 << QStringLiteral("氏名");
        QTest::newRow("ascii by kanji") << QStringLiteral("ID 0045 です") << 3 << 7 << QStringLiteral("番号");
        QTest::newRow("deleted inside kanji") << QStringLiteral("患者三上陽子様") << 2 << 6 << QString();
        QTest::newRow("deleted over a change of sets")
            << QStringLiteral("漢字ABC漢字") << 1 << 4 << QString();
        QTest::newRow("half-width kana") << QStringLiteral("ｶﾅ漢字ｶﾅ") << 1 << 3 << QStringLiteral("x");
        QTest::newRow("whole text") << QStringLiteral("漢字") << 0 << 2 << QStringLiteral("A");
        QTest::newRow("at the end") << QStringLiteral("漢字") << 1 << 2 << QStringLiteral("字ｱ");
    }
    void splicesIntoIso2022Jp() {
        QFETCH(QString, text);
        QFETCH(int, start);
        QFETCH(int, end);
        QFETCH(QString, value);
        QString expected = text;
        expected.replace(start, end - start, value);
        for (const Encoding encoding : kAll) {
            const auto encoded = encode(text.toStdString(), encoding);
            std::vector<std::uint32_t> offsets;
            QVERIFY(decode(*encoded, encoding, &offsets).has_value());
            const std::vector<Patch> patches{
                {offsets[std::size_t(start)], offsets[std::size_t(end)], value.toStdString()}};
            const auto spliced = splice(*encoded, encoding, patches);
            QVERIFY(spliced.has_value());
            QVERIFY(spliced->starts_with(encoded->substr(0, offsets[std::size_t(start)])));
            const auto decoded = decode(*spliced, encoding);
            QVERIFY2(decoded.has_value(), word(encoding).data());
            QCOMPARE(QString::fromStdString(*decoded), expected);
        }
    }

    void keepsByteOrderMarks() {
        const std::string marked = "\xEF\xBB\xBFname";
        const auto spliced = splice(marked, Encoding::Utf8Bom, {{0, 7, "x"}});
        QVERIFY(spliced.has_value());
        QCOMPARE(bytes(*spliced), QByteArray("\xEF\xBB\xBFx"));
    }

    void knowsLabels_data() {
        QTest::addColumn<QString>("label");
        QTest::addColumn<int>("encoding");
        QTest::newRow("Shift_JIS") << QStringLiteral("Shift_JIS") << int(Encoding::Cp932);
        QTest::newRow("x-sjis") << QStringLiteral("x-sjis") << int(Encoding::Cp932);
        QTest::newRow("Windows-31J") << QStringLiteral("Windows-31J") << int(Encoding::Cp932);
        QTest::newRow("euc-jp") << QStringLiteral("euc-jp") << int(Encoding::EucJp);
        QTest::newRow("ISO-2022-JP") << QStringLiteral("ISO-2022-JP") << int(Encoding::Iso2022Jp);
        QTest::newRow("UTF-8") << QStringLiteral("UTF-8") << int(Encoding::Utf8);
    }
    void knowsLabels() {
        QFETCH(QString, label);
        QFETCH(int, encoding);
        const auto found = encodingFromLabel(label.toStdString());
        QVERIFY(found.has_value());
        QCOMPARE(int(*found), encoding);
        QVERIFY(encodingFromLabel(word(*found)).has_value());
    }
};

QTEST_GUILESS_MAIN(TestEncoding)
#include "TestEncoding.moc"
