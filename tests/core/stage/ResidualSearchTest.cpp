#include "core/stage/ResidualSearch.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

using kamei::model::KnownIdentifier;
using kamei::model::Residual;
using kamei::stage::Content;
using kamei::stage::ResidualSearch;
using namespace std::string_literals;

namespace {

// Byte forms below are written by hand (from the code tables), not by the code under test.
struct Planted {
    const char* row;
    const char* kind;
    const char* value;
    std::string bytes;
    const char* encoding;
};

const std::vector<Planted>& planted() {
    static const std::vector<Planted> rows{
        {"kanji name in UTF-8", "patient-name", "山田^太郎", "山田^太郎"s, "utf-8"},
        {"kanji name with a space in UTF-8", "patient-name", "山田^太郎", "山田 太郎"s, "utf-8"},
        {"kanji name in UTF-16LE", "patient-name", "山田^太郎", "\x71\x5c\x30\x75\x2a\x59\xce\x90"s,
         "utf-16le"},
        {"kanji name in UTF-16BE", "patient-name", "山田^太郎", "\x5c\x71\x75\x30\x59\x2a\x90\xce"s,
         "utf-16be"},
        {"kanji name in CP932", "patient-name", "山田^太郎", "\x8e\x52\x93\x63\x91\xbe\x98\x59"s, "cp932"},
        {"kanji name in EUC-JP", "patient-name", "山田^太郎", "\xbb\xb3\xc5\xc4\xc2\xc0\xcf\xba"s, "euc-jp"},
        {"kanji name in ISO-2022-JP, shifted", "patient-name", "山田^太郎",
         "\x3b\x33\x45\x44\x42\x40\x4f\x3a"s, "iso-2022-jp"},
        {"kanji name in DICOM's ISO 2022 with a caret", "patient-name", "山田^太郎",
         "\x3b\x33\x45\x44\x1b(B^\x1b$B\x42\x40\x4f\x3a"s, "iso-2022-jp"},
        {"kanji name in ISO 2022 returning to JIS X 0201", "patient-name", "山田^太郎",
         "\x3b\x33\x45\x44\x1b(J^\x1b$B\x42\x40\x4f\x3a"s, "iso-2022-jp"},
        {"romaji in upper case", "patient-name", "YAMADA^TAROU", "YAMADA^TAROU"s, "utf-8"},
        {"romaji in mixed case", "patient-name", "YAMADA^TAROU", "yaMada^taRou"s, "utf-8"},
        {"romaji in UTF-16LE", "patient-name", "YAMADA^TAROU", "Y\0A\0M\0A\0D\0A\0^\0T\0A\0R\0O\0U\0"s,
         "utf-16le"},
        {"kana in CP932", "patient-name", "やまだ^たろう",
         "\x82\xe2\x82\xdc\x82\xbe\x82\xbd\x82\xeb\x82\xa4"s, "cp932"},
        {"patient id", "patient-id", "1234500", "1234500"s, "utf-8"},
        {"patient id in UTF-16BE", "patient-id", "1234500", "\0001\0002\0003\0004\0005\0000\0000"s,
         "utf-16be"},
        {"birth date as DICOM writes it", "birth-date", "19480717", "19480717"s, "utf-8"},
        {"birth date with hyphens", "birth-date", "19480717", "1948-07-17"s, "utf-8"},
        {"UID", "uid", "1.2.826.0.1.3680043.8.498.20000.12.34", "1.2.826.0.1.3680043.8.498.20000.12.34"s,
         "utf-8"},
        {"telephone number", "phone", "045-123-4567", "045-123-4567"s, "utf-8"},
    };
    return rows;
}

KnownIdentifier known(const char* kind, const char* value) {
    return {{}, kind, value, {}, {}};
}

std::vector<KnownIdentifier> everything() {
    std::vector<KnownIdentifier> out;
    for (const Planted& row : planted()) {
        out.push_back(known(row.kind, row.value));
    }
    return out;
}

std::vector<std::byte> noise(std::size_t size, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<std::byte> out(size);
    for (std::byte& b : out) {
        b = static_cast<std::byte>(random() & 0xFF);
    }
    return out;
}

void plant(std::vector<std::byte>& data, std::size_t at, const std::string& bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        data[at + i] = static_cast<std::byte>(bytes[i]);
    }
}

std::vector<std::byte> bytesOf(const std::string& text) {
    std::vector<std::byte> out(text.size());
    plant(out, 0, text);
    return out;
}

} // namespace

class ResidualSearchTest : public QObject {
    Q_OBJECT

private slots:
    void findsPlanted_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<int>("at");
        const std::vector<int> places{0, 1, 2, 3, 7, 1000, 1001, 65536 - 5, 65536 - 1, 65536, 131072 - 3};
        for (std::size_t i = 0; i < planted().size(); ++i) {
            for (const int at : places) {
                QTest::addRow("%s at %d", planted()[i].row, at) << static_cast<int>(i) << at;
            }
            QTest::addRow("%s at the very end", planted()[i].row) << static_cast<int>(i) << -1;
        }
    }
    void findsPlanted() {
        QFETCH(int, index);
        QFETCH(int, at);
        const Planted& row = planted()[static_cast<std::size_t>(index)];
        static const ResidualSearch search = std::move(*ResidualSearch::build(everything()));
        std::vector<std::byte> data = noise(200'000, 7);
        const std::size_t offset = at < 0 ? data.size() - row.bytes.size() : static_cast<std::size_t>(at);
        // Nothing that could belong to a number or a word beside it.
        plant(data, offset > 1 ? offset - 2 : 0, std::string(offset > 1 ? 2 : 0, '\x02'));
        if (offset + row.bytes.size() + 2 < data.size()) {
            plant(data, offset + row.bytes.size(), "\x02\x02");
        }
        plant(data, offset, row.bytes);

        // As a whole, and in windows as staging does it.
        ResidualSearch::Scan scan(search, data, Content::Binary, {});
        for (std::size_t end = 65536; end < data.size(); end += 65536) {
            scan.advanceTo(end);
        }
        for (const std::vector<Residual>& found : {search.search(data, Content::Binary), scan.finish()}) {
            QCOMPARE(found.size(), std::size_t{1});
            QCOMPARE(found.front().byteOffset, static_cast<std::uint64_t>(offset));
            QCOMPARE(found.front().length, static_cast<std::uint64_t>(row.bytes.size()));
            QCOMPARE(QString::fromStdString(found.front().encoding), QString::fromLatin1(row.encoding));
            QCOMPARE(QString::fromStdString(found.front().kind), QString::fromLatin1(row.kind));
        }
    }

    void judgesPlaces_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<bool>("text");
        QTest::addColumn<int>("hits");
        const auto row = [](const char* name, const char* kind, const char* value, const std::string& data,
                            bool text, int hits) {
            QTest::newRow(name) << kind << value
                                << QByteArray(data.data(), static_cast<qsizetype>(data.size())) << text
                                << hits;
        };
        row("number inside a UID of ours", "patient-id", "1234500", "2.25.99123450077812", false, 0);
        row("number as a component of a UID", "patient-id", "1234500", "1.2.392.1234500.7", false, 1);
        row("number as a fraction", "patient-id", "123450", "0.123450", false, 0);
        row("number with zeros before", "patient-id", "1234500", "ID0001234500.", false, 1);
        row("number before a date", "patient-id", "1234500", " 123450020240311 ", false, 1);
        row("number after a time stamp", "patient-id", "1234500", " 202403111011121234500 ", false, 1);
        row("number beside letters", "patient-id", "1234500", "ID1234500A", false, 1);
        row("date inside a longer number", "birth-date", "19480717", "9194807173", false, 0);
        row("birth date on the first equals its generalisation", "birth-date", "19480701", "19480701", false,
            0);
        row("short romaji amid text", "patient-name", "SATO", "seen by Sato today", false, 1);
        row("short romaji inside a word", "patient-name", "SATO", "compensatory", false, 0);
        row("short romaji in binary", "patient-name", "SATO",
            "\x01\x02\x03\x04\x05\x06\x07\x08SATO\x01\x02\x03\x04\x05\x06\x07\x08"s, false, 0);
        row("two kanji in CP932 in binary", "patient-name", "森^六", "\x90\x58\x98\x5a"s, false, 0);
        row("two kanji in CP932 in text", "patient-name", "森^六",
            "\x8e\x81\x96\xbc\x81\x46\x90\x58\x98\x5a\r\n"s, true, 1);
        row("two kanji in CP932 off the border", "patient-name", "森^六", "\x81\x90\x58\x98\x5a\r\n"s, true,
            0);
        row("two kanji in JIS amid text", "patient-name", "森^六",
            "name: \x1b$B\x3f\x39\x4f\x3b\x1b(B ok      "s, false, 1);
        row("the same letters in ASCII", "patient-name", "森^六", "name: \x3f\x39\x4f\x3b end of text"s,
            false, 0);
        row("kana inside other kana", "patient-name", "はな", "このはなしは", true, 0);
        row("kana alone", "patient-name", "はな", "患者 はな 様", true, 1);
        row("nothing known", "patient-id", "7777777", "1234500", false, 0);
    }
    void judgesPlaces() {
        QFETCH(QString, kind);
        QFETCH(QString, value);
        QFETCH(QByteArray, data);
        QFETCH(bool, text);
        QFETCH(int, hits);
        const std::vector<KnownIdentifier> one{{{}, kind.toStdString(), value.toStdString(), {}, {}}};
        const auto search = ResidualSearch::build(one);
        QVERIFY(search.has_value());
        const auto bytes = bytesOf(data.toStdString());
        QCOMPARE(search->search(bytes, text ? Content::Text : Content::Binary).size(),
                 static_cast<std::size_t>(hits));
    }

    /// By the extension of an output; the kind in which more counts wherever it says nothing.
    void unknownContentIsSearchedAsText_data() {
        QTest::addColumn<QByteArray>("extension");
        QTest::addColumn<int>("hits");
        for (const char* text : {"txt", "csv", "xml", "json", "hl7", "vcf", "fhir", "DCM", ""}) {
            QTest::addRow("text: %s", text) << QByteArray(text) << 1;
        }
        for (const char* binary : {"dcm", "jpg", "mp4", "pdf", "nii", "edf", "scp", "mwf", "bcf"}) {
            QTest::addRow("binary: %s", binary) << QByteArray(binary) << 0;
        }
    }
    void unknownContentIsSearchedAsText() {
        QFETCH(QByteArray, extension);
        QFETCH(int, hits);
        const std::vector<KnownIdentifier> one{{{}, "patient-name", "森^六", {}, {}}};
        const auto search = ResidualSearch::build(one);
        QVERIFY(search.has_value());
        // Two kanji in CP932, as a VCF from an old program has them in its header.
        const auto bytes = bytesOf("##SAMPLE=\x8e\x81\x96\xbc\x81\x46\x90\x58\x98\x5a\r\n"s);
        QCOMPARE(search->search(bytes, kamei::stage::contentOf(extension.toStdString())).size(),
                 static_cast<std::size_t>(hits));
    }

    void nativePixels_data() {
        QTest::addColumn<int>("at");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("hits");
        const QByteArray kanji("\x8e\x52\x93\x63\x91\xbe\x98\x59");
        QTest::newRow("8 bytes inside pixels") << 5001 << kanji << 1;
        QTest::newRow("8 bytes across the front border") << 4093 << kanji << 1;
        QTest::newRow("8 bytes across the back border") << 20479 << kanji << 1;
        QTest::newRow("7 bytes inside pixels are chance") << 5001 << QByteArray("1234500") << 0;
        QTest::newRow("7 bytes across the front border") << 4093 << QByteArray("1234500") << 1;
        QTest::newRow("7 bytes across the back border") << 20475 << QByteArray("1234500") << 1;
        QTest::newRow("7 bytes behind the pixels") << 20482 << QByteArray("1234500") << 1;
        QTest::newRow("UTF-16 inside pixels is chance")
            << 5000 << QByteArray("1\0002\0003\0004\0005\0000\0000\0", 14) << 0;
        QTest::newRow("UTF-16 before the pixels")
            << 3001 << QByteArray("1\0002\0003\0004\0005\0000\0000\0", 14) << 1;
    }
    void nativePixels() {
        QFETCH(int, at);
        QFETCH(QByteArray, bytes);
        QFETCH(int, hits);
        const auto search = ResidualSearch::build(everything());
        QVERIFY(search.has_value());
        std::vector<std::byte> data(24'000, std::byte{0xFE});
        plant(data, static_cast<std::size_t>(at), bytes.toStdString());
        const std::vector<kamei::transform::Result::Range> native{{4096, 16384}};
        QCOMPARE(search->search(data, Content::Binary, native).size(), static_cast<std::size_t>(hits));
    }

    void nativePixelsAtEveryOffset_data() {
        QTest::addColumn<int>("modulus");
        QTest::addColumn<int>("base");
        // 16-bit values whose high bytes no name holds, signed air around -1000, 8-bit grey values that are
        // all letters, and values that change from one kind to the other.
        QTest::newRow("16-bit tissue") << 200 << 1000;
        QTest::newRow("16-bit signed air") << 60 << 64'512;
        QTest::newRow("bytes like letters") << 26 << 0x6161;
        QTest::newRow("any value") << 65'536 << 0;
    }
    void nativePixelsAtEveryOffset() {
        QFETCH(int, modulus);
        QFETCH(int, base);
        const auto search = ResidualSearch::build(everything());
        QVERIFY(search.has_value());
        std::mt19937 random(7);
        std::vector<std::byte> pixels(4096);
        for (std::size_t i = 0; i + 1 < pixels.size(); i += 2) {
            const auto value =
                static_cast<std::uint32_t>(base) + random() % static_cast<std::uint32_t>(modulus);
            pixels[i] = static_cast<std::byte>(value & 0xFF);
            pixels[i + 1] = static_cast<std::byte>(value >> 8 & 0xFF);
        }
        const std::vector<kamei::transform::Result::Range> native{{0, pixels.size()}};
        QCOMPARE(search->search(pixels, Content::Binary, native).size(), std::size_t{0});
        const std::string name("\x8e\x52\x93\x63\x91\xbe\x98\x59");
        for (std::size_t at = 0; at + name.size() <= pixels.size(); ++at) {
            if (at == 200) {
                at = 3700; // the first bytes, and the last ones, where little is left to look ahead at
            }
            auto data = pixels;
            plant(data, at, name);
            const auto found = search->search(data, Content::Binary, native);
            QCOMPARE(found.size(), std::size_t{1});
            QCOMPARE(found.front().byteOffset, std::uint64_t{at});
        }
    }

    void allowedValues() {
        const std::vector<KnownIdentifier> identifiers{known("patient-id", "5F2A91C04E7B")};
        const std::vector<std::string> allowed{"S-5F2A91C04E7B"};
        const auto data = bytesOf("x S-5F2A91C04E7B y 5F2A91C04E7B z");
        QCOMPARE(ResidualSearch::build(identifiers)->search(data, Content::Text).size(), std::size_t{2});
        const auto found = ResidualSearch::build(identifiers, allowed)->search(data, Content::Text);
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().byteOffset, std::uint64_t{19});
    }

    void keptIsCounted_data() {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("places");
        QTest::addColumn<int>("hits");
        const QByteArray name = "山田 太郎";
        QTest::newRow("as often as expected") << "[" + name + "]" << name << 1 << 0;
        QTest::newRow("once more") << "[" + name + "] [" + name + "]" << name << 1 << 2;
        QTest::newRow("less often") << "[" + name + "]" << name << 3 << 0;
        QTest::newRow("not at all") << QByteArray("[]") << name << 1 << 0;
        QTest::newRow("nowhere expected") << "[" + name + "]" << name << 0 << 1;
        QTest::newRow("once more in another spelling") << "[" + name + "] [山田太郎]" << name << 1 << 2;
        QTest::newRow("once more in another encoding")
            << "[" + name + "] [\x8e\x52\x93\x63\x91\xbe\x98\x59]" << name << 1 << 2;
        QTest::newRow("expected in another spelling") << QByteArray("[山田　太郎]") << name << 1 << 0;
        QTest::newRow("expected in another encoding")
            << QByteArray("[\x8e\x52\x93\x63\x91\xbe\x98\x59]") << name << 1 << 0;
        QTest::newRow("something else that is known") << "[" + name + "] 1234500" << name << 1 << 1;
        QTest::newRow("inside a longer text") << "「" + name + "画集」"
                                              << "「" + name + "画集」" << 1 << 0;
        QTest::newRow("two in one text")
            << "YAMADA^TAROU=山田^太郎 [" + name + "]" << QByteArray("YAMADA^TAROU=山田^太郎") << 1 << 2;
        QTest::newRow("a text that holds nothing known") << "[" + name + "]" << QByteArray("画集") << 9 << 1;
    }
    void keptIsCounted() {
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, text);
        QFETCH(int, places);
        QFETCH(int, hits);
        const std::vector<ResidualSearch::Kept> kept{
            {text.toStdString(), static_cast<std::uint64_t>(places)}};
        const auto search = ResidualSearch::build(everything(), {}, kept);
        QVERIFY(search.has_value());
        QCOMPARE(search->search(bytesOf(data.toStdString()), Content::Text).size(),
                 static_cast<std::size_t>(hits));
    }

    void noChanceHits() {
        const auto search = ResidualSearch::build(everything());
        QVERIFY(search.has_value());
        QVERIFY(search->memory() < 5'000'000);
        for (std::uint32_t seed = 0; seed < 20; ++seed) {
            QVERIFY(search->search(noise(500'000, seed), Content::Binary).empty());
        }
    }

    void hostileRanges() {
        const auto search = ResidualSearch::build(everything());
        QVERIFY(search.has_value());
        const auto data = bytesOf("xx YAMADA^TAROU xx");
        const std::vector<kamei::transform::Result::Range> ranges{
            {10, ~std::uint64_t{0}}, {~std::uint64_t{0}, 5}, {0, 0}, {2, 3}, {1, 6}};
        QCOMPARE(search->search(data, Content::Binary, ranges).size(), std::size_t{1});
        QVERIFY(search->search({}, Content::Text).empty());
        QVERIFY(ResidualSearch().search(data, Content::Text).empty());
    }

    void manyHitsAreCapped() {
        const std::vector<KnownIdentifier> identifiers{known("patient-name", "YAMADA^TAROU")};
        std::string text;
        for (int i = 0; i < 5000; ++i) {
            text += "YAMADA^TAROU\n";
        }
        QCOMPARE(ResidualSearch::build(identifiers)->search(bytesOf(text), Content::Text).size(),
                 ResidualSearch::kMost);
        // Thousands that are expected hide nothing that stands behind them, nor one too many.
        const std::vector<KnownIdentifier> two{known("patient-name", "YAMADA^TAROU"),
                                               known("patient-id", "1234500")};
        const std::vector<ResidualSearch::Kept> kept{{"YAMADA^TAROU", 5000}};
        const auto search = ResidualSearch::build(two, {}, kept);
        QCOMPARE(search->search(bytesOf(text), Content::Text).size(), std::size_t{0});
        const auto found = search->search(bytesOf(text + "1234500\n"), Content::Text);
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found.front().kind, std::string("patient-id"));
        for (const int more : {1, 999, 1000, 5000}) {
            std::string longer = text;
            for (int i = 0; i < more; ++i) {
                longer += "YAMADA^TAROU\n";
            }
            QCOMPARE(search->search(bytesOf(longer), Content::Text).size(), ResidualSearch::kMost);
        }
    }
};

QTEST_APPLESS_MAIN(ResidualSearchTest)
#include "ResidualSearchTest.moc"
