#include "tests/core/transform/slide/SlideBench.h"

using namespace kamei;
using namespace kamei::test;

/// What slides say beside their scans: labels, descriptions, comments and slack, all gone from the bytes.
class TestSlideHidden : public QObject {
    Q_OBJECT

private slots:
    void labelsGoWithTheirBytes_data() {
        QTest::addColumn<int>("action");
        QTest::addColumn<bool>("ndpi");
        QTest::newRow("left out") << int(model::Action::Delete) << false;
        QTest::newRow("drawn anew") << int(model::Action::Replace) << false;
        QTest::newRow("macro of Hamamatsu left out") << int(model::Action::Delete) << true;
    }
    void labelsGoWithTheirBytes() {
        QFETCH(int, action);
        QFETCH(bool, ndpi);
        const std::string source = ndpi ? test::makeNdpi() : test::makeSlide();
        const Slide before = open(source);
        const std::size_t page = before.pictures()[1].page;
        Orders orders;
        orders.labelText = "S-5F2A91C04E7B";
        orders.pictures = {{2, model::Action(action)}};
        const auto written = processed(source, orders);
        QVERIFY(written);
        for (const std::string& block : rawBlocks(before, page)) {
            const std::string middle = block.substr(block.size() / 2, 24);
            QVERIFY(source.find(middle) != std::string::npos);
            QVERIFY(written->find(middle) == std::string::npos);
        }
        const Slide after = open(*written);
        const bool drawn = model::Action(action) == model::Action::Replace;
        QCOMPARE(after.pictures().size(), before.pictures().size() - (drawn ? 0 : 1));
        if (drawn) {
            QCOMPARE(after.pictures()[1].role, Role::Label);
            const auto label = after.picture(2);
            QVERIFY(label);
            QCOMPARE(label->width, int(test::kLabelWidth));
            const auto dark =
                std::ranges::count_if(label->samples, [](std::byte b) { return b < std::byte{128}; });
            QVERIFY(dark > 200);                                       // letters are there ...
            QVERIFY(dark < std::ptrdiff_t(label->samples.size()) / 2); // ... on white
        } else {
            QVERIFY(std::ranges::none_of(after.pictures(), [&](const auto& picture) {
                return picture.role == before.pictures()[1].role;
            }));
        }
        // The scan is the source's, byte for byte.
        QVERIFY(rawBlocks(after, after.pages().planes[0][0]) ==
                rawBlocks(before, before.pages().planes[0][0]));
    }

    void metadataAndSlackStayBehind_data() {
        QTest::addColumn<QByteArray>("bytes");
        SlideRecipe ome;
        ome.subIfds = true;
        SlideRecipe plain;
        plain.aperio = false;
        QTest::newRow("Aperio") << QByteArray::fromStdString(test::makeSlide());
        QTest::newRow("OME-XML") << QByteArray::fromStdString(test::makeSlide(ome));
        QTest::newRow("generic") << QByteArray::fromStdString(test::makeSlide(plain));
        QTest::newRow("Hamamatsu") << QByteArray::fromStdString(test::makeNdpi());
    }
    void metadataAndSlackStayBehind() {
        QFETCH(QByteArray, bytes);
        const std::string source = bytes.toStdString();
        const auto written = processed(source, {});
        QVERIFY(written);
        for (const char* needle :
             {test::kSlideUser, test::kSlideFile, "HANAKO", "12/29/09", "2024:03:04", "SS1234567", "1004486",
              "SN-0987654321", "2024-03-04", "NanoZoomer1", "trailer"}) {
            QVERIFY2(written->find(needle) == std::string::npos, needle);
        }
        const Slide after = open(*written);
        QCOMPARE(after.pages().vendor, open(source).pages().vendor); // readers still know whose it is
    }

    void commentsInsideTilesAreOverwritten() {
        SlideRecipe recipe;
        recipe.label = false;
        std::string source = test::makeSlide(recipe);
        // A tile with a comment in front of its tables, appended and pointed to.
        const auto structure = intake::slide::readStructure(intake::slide::inMemory(source));
        const auto* const offsets = structure->directories[0].find(TIFFTAG_TILEOFFSETS);
        const auto* const sizes = structure->directories[0].find(TIFFTAG_TILEBYTECOUNTS);
        const auto place = (*structure->numbers(*offsets, 1000))[3];
        const auto size = (*structure->numbers(*sizes, 1000))[3];
        const std::string secret = "YAMADA-TAROU";
        std::string tile = source.substr(place, size);
        const std::string comment = std::string("\xFF\xFE\0", 3) + char(secret.size() + 2) + secret;
        tile = tile.substr(0, 2) + comment + tile.substr(2) + secret;
        const auto at = std::uint32_t(source.size());
        const auto count = std::uint32_t(tile.size());
        source += tile;
        test::putNumber(source, *offsets, 3, at);
        test::putNumber(source, *sizes, 3, count);
        const Slide before = open(source);
        const auto pixels = before.readRegion(0, 0, 384, 0, 128, 128);
        QVERIFY(pixels);
        const auto written = processed(source, {});
        QVERIFY(written);
        QVERIFY(source.find(secret) != std::string::npos);
        QVERIFY(written->find(secret) == std::string::npos);
        const auto now = open(*written).readRegion(0, 0, 384, 0, 128, 128);
        QVERIFY(now);
        QVERIFY(now->samples == pixels->samples);
    }

    void slackBehindCompressedDataIsOverwritten_data() {
        QTest::addColumn<int>("compression");
        QTest::newRow("none") << COMPRESSION_NONE;
        QTest::newRow("LZW") << COMPRESSION_LZW;
        QTest::newRow("Deflate") << COMPRESSION_ADOBE_DEFLATE;
        QTest::newRow("PackBits") << COMPRESSION_PACKBITS;
        QTest::newRow("JPEG") << COMPRESSION_JPEG;
    }
    void slackBehindCompressedDataIsOverwritten() {
        QFETCH(int, compression);
        SlideRecipe recipe;
        recipe.compression = std::uint16_t(compression);
        recipe.photometric = compression == COMPRESSION_JPEG ? PHOTOMETRIC_YCBCR : PHOTOMETRIC_RGB;
        std::string source = test::makeSlide(recipe);
        const auto structure = intake::slide::readStructure(intake::slide::inMemory(source));
        const auto* const offsets = structure->directories[0].find(TIFFTAG_TILEOFFSETS);
        const auto* const sizes = structure->directories[0].find(TIFFTAG_TILEBYTECOUNTS);
        const std::string secret = "YAMADA-TAROU";
        for (std::size_t i = 0; i < 6; ++i) { // tiles of different ends
            std::string tile = source.substr((*structure->numbers(*offsets, 1000))[i],
                                             (*structure->numbers(*sizes, 1000))[i]);
            tile += secret;
            source.resize((source.size() + 1) / 2 * 2);
            const auto at = std::uint32_t(source.size());
            const auto count = std::uint32_t(tile.size());
            source += tile;
            test::putNumber(source, *offsets, i, at);
            test::putNumber(source, *sizes, i, count);
        }
        const auto written = processed(source, {});
        QVERIFY(written);
        QVERIFY(written->find(secret) == std::string::npos);
        const auto before = open(source).readRegion(0, 0, 0, 0, 700, 520);
        const auto after = open(*written).readRegion(0, 0, 0, 0, 700, 520);
        QVERIFY(before && after);
        QVERIFY(after->samples == before->samples);
    }
};

QTEST_GUILESS_MAIN(TestSlideHidden)
#include "TestSlideHidden.moc"
