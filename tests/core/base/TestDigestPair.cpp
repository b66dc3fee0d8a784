// SHA-256 of two streams side by side equals SHA-256 of each (FIPS 180-4), however the bytes come.

#include "core/base/DigestPair.h"

#include <QRandomGenerator>
#include <QtTest>

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

} // namespace

class TestDigestPair : public QObject {
    Q_OBJECT

private slots:
    void standardExamples();
    void anyLengths_data();
    void anyLengths();
    void anyPieces();
};

void TestDigestPair::standardExamples() {
    // FIPS 180-4 examples: "abc" and the empty message.
    Sha256Pair pair;
    pair.update(text("abc"), {});
    const auto digests = pair.finish();
    QCOMPARE(digests[0].hex(),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(digests[1].hex(),
             std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestDigestPair::anyLengths_data() {
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("second");
    // Around the borders of block and padding.
    for (const int length : {0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 4096, 65537}) {
        QTest::addRow("%d beside 1000", length) << length << 1000;
        QTest::addRow("%d beside itself", length) << length << length;
        QTest::addRow("100000 beside %d", length) << 100000 << length;
    }
}

void TestDigestPair::anyLengths() {
    QFETCH(int, first);
    QFETCH(int, second);
    const auto one = bytes(std::size_t(first), 1);
    const auto two = bytes(std::size_t(second), 2);
    Sha256Pair pair;
    pair.update(one, two);
    const auto digests = pair.finish();
    QCOMPARE(digests[0].hex(), sha256(std::span<const std::byte>(one)).hex());
    QCOMPARE(digests[1].hex(), sha256(std::span<const std::byte>(two)).hex());
}

void TestDigestPair::anyPieces() {
    const auto one = bytes(20000, 3);
    const auto two = bytes(31000, 4);
    QRandomGenerator random(5);
    for (int round = 0; round < 50; ++round) {
        Sha256Pair pair;
        std::span<const std::byte> left(one);
        std::span<const std::byte> right(two);
        while (!left.empty() || !right.empty()) {
            const std::size_t a = std::min(left.size(), std::size_t(random.bounded(300)));
            const std::size_t b = std::min(right.size(), std::size_t(random.bounded(3000)));
            pair.update(left.first(a), right.first(b));
            left = left.subspan(a);
            right = right.subspan(b);
        }
        const auto digests = pair.finish();
        QCOMPARE(digests[0].hex(), sha256(std::span<const std::byte>(one)).hex());
        QCOMPARE(digests[1].hex(), sha256(std::span<const std::byte>(two)).hex());
    }
}

QTEST_APPLESS_MAIN(TestDigestPair)
#include "TestDigestPair.moc"
