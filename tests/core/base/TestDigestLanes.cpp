// SHA-256 of streams side by side equals SHA-256 of each (FIPS 180-4), however many and however the bytes
// come.

#include "core/base/DigestLanes.h"

#include <QRandomGenerator>
#include <QtTest>

#include "core/base/Sha256Blocks.h"

using namespace kamei::base;

namespace {

std::vector<std::byte> bytes(std::size_t size, quint32 seed) {
    QRandomGenerator random(seed);
    std::vector<std::byte> out(size);
    for (std::byte& one : out) {
        one = static_cast<std::byte>(random.generate());
    }
    return out;
}

std::span<const std::byte> text(std::string_view value) {
    return std::as_bytes(std::span(value));
}

using Spans = std::vector<std::span<const std::byte>>;

} // namespace

class TestDigestLanes : public QObject {
    Q_OBJECT

private slots:
    void standardExamples();
    void anyLengths_data();
    void anyLengths();
    void anyPieces_data();
    void anyPieces();
    void waysAgree();
};

void TestDigestLanes::standardExamples() {
    // FIPS 180-4 examples: "abc", the empty message, and one of two blocks.
    Sha256Lanes lanes(3);
    lanes.update(Spans{text("abc"), {}, text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")});
    const auto digests = lanes.finish();
    QCOMPARE(digests.size(), std::size_t(3));
    QCOMPARE(digests[0].hex(),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(digests[1].hex(),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(digests[2].hex(),
             std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
}

void TestDigestLanes::anyLengths_data() {
    QTest::addColumn<int>("streams");
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("others");
    for (const int streams : {1, 2, 3, 11, 12, 15, 16}) {
        // Around the borders of block and padding.
        for (const int length : {0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 4096, 65537}) {
            QTest::addRow("%d streams, the last of %d bytes, others of 1000", streams, length)
                << streams << length << 1000;
            QTest::addRow("%d streams, the last of %d bytes, others of 100000", streams, length)
                << streams << length << 100000;
        }
    }
}

void TestDigestLanes::anyLengths() {
    QFETCH(int, streams);
    QFETCH(int, length);
    QFETCH(int, others);
    std::vector<std::vector<std::byte>> data;
    Spans parts;
    for (int i = 0; i < streams; ++i) {
        data.push_back(bytes(std::size_t(i + 1 == streams ? length : others + i), quint32(i)));
    }
    for (const auto& one : data) {
        parts.emplace_back(one);
    }
    Sha256Lanes lanes{std::size_t(streams)};
    lanes.update(parts);
    const auto digests = lanes.finish();
    for (std::size_t i = 0; i < data.size(); ++i) {
        QCOMPARE(digests[i].hex(), sha256(std::span<const std::byte>(data[i])).hex());
    }
}

void TestDigestLanes::anyPieces_data() {
    QTest::addColumn<int>("streams");
    for (const int streams : {1, 2, 12, 16}) {
        QTest::addRow("%d streams", streams) << streams;
    }
}

void TestDigestLanes::anyPieces() {
    QFETCH(int, streams);
    std::vector<std::vector<std::byte>> data;
    for (int i = 0; i < streams; ++i) {
        data.push_back(bytes(std::size_t(20000 + 3000 * i), quint32(100 + i)));
    }
    QRandomGenerator random(5);
    for (int round = 0; round < 20; ++round) {
        Sha256Lanes lanes{std::size_t(streams)};
        Spans left(data.begin(), data.end());
        while (std::ranges::any_of(left, [](const auto& one) { return !one.empty(); })) {
            Spans parts;
            for (auto& one : left) {
                const std::size_t size =
                    std::min(one.size(), std::size_t(random.bounded(random.bounded(2) == 0 ? 300 : 6000)));
                parts.push_back(one.first(size));
                one = one.subspan(size);
            }
            lanes.update(parts);
        }
        const auto digests = lanes.finish();
        for (std::size_t i = 0; i < data.size(); ++i) {
            QCOMPARE(digests[i].hex(), sha256(std::span<const std::byte>(data[i])).hex());
        }
    }
}

// Which way is taken is measured: both must be right on every processor that has them.
void TestDigestLanes::waysAgree() {
    if (!sha256blocks::hasInstructions()) {
        QSKIP("this processor has no SHA instructions");
    }
    constexpr std::size_t kBlocks = 9;
    std::vector<std::vector<std::byte>> data;
    for (std::size_t i = 0; i < sha256blocks::kWide; ++i) {
        data.push_back(bytes(kBlocks * sha256blocks::kBlock, quint32(200 + i)));
    }
    std::vector<sha256blocks::Chain> alone(data.size(), sha256blocks::kBegin);
    std::vector<sha256blocks::Chain> byTwos = alone;
    std::vector<sha256blocks::Chain> wide = alone;
    std::vector<sha256blocks::Run> runs(data.size());
    std::vector<sha256blocks::Run*> all;
    for (std::size_t i = 0; i < data.size(); ++i) {
        sha256blocks::Run run{&alone[i], data[i].data()};
        sha256blocks::compress(run, kBlocks);
        QVERIFY(run.data == data[i].data() + data[i].size());
        runs[i] = {&wide[i], data[i].data()};
        all.push_back(&runs[i]);
    }
    for (std::size_t i = 0; i < data.size(); i += 2) {
        sha256blocks::Run one{&byTwos[i], data[i].data()};
        sha256blocks::Run other{&byTwos[i + 1], data[i + 1].data()};
        sha256blocks::compress(one, other, kBlocks);
    }
    QVERIFY(byTwos == alone);
    if (!sha256blocks::hasWideVectors()) {
        QSKIP("this processor has no vectors of sixteen words");
    }
    sha256blocks::compressWide(all, kBlocks);
    QVERIFY(wide == alone);
    // Fewer streams than lanes.
    wide.assign(data.size(), sha256blocks::kBegin);
    for (std::size_t i = 0; i < data.size(); ++i) {
        runs[i].data = data[i].data();
    }
    sha256blocks::compressWide(std::span(all).first(13), kBlocks);
    for (std::size_t i = 0; i < data.size(); ++i) {
        QVERIFY(wide[i] == (i < 13 ? alone[i] : sha256blocks::kBegin));
    }
}

QTEST_APPLESS_MAIN(TestDigestLanes)
#include "TestDigestLanes.moc"
