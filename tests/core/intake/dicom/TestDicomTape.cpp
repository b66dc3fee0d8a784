#include <QtTest>

#include <random>
#include <string>

#include "core/intake/dicom/Instance.h"
#include "tests/core/intake/dicom/DicomBytes.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using base::ErrorCode;
using test::DicomBytes;

Q_DECLARE_METATYPE(kamei::base::ErrorCode)

namespace {

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

DicomBytes small(bool explicitVr = true, bool bigEndian = false) {
    DicomBytes out(explicitVr, bigEndian);
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").element(0x00080060, "CS", "OT");
    out.sequence(0x00081140, DicomBytes(explicitVr, bigEndian).element(0x00081155, "UI", "1.2.3"));
    out.element(0x00100010, "PN", "TEST^ONE").number(0x00280010, 4);
    return out;
}

std::string nested(int levels, bool undefined) {
    DicomBytes item;
    item.element(0x00400000 | 0xA160, "UT", "text");
    for (int i = 0; i < levels; ++i) {
        DicomBytes outer;
        outer.sequence(0x0040A730, item, undefined);
        item = outer;
    }
    return item.file();
}

} // namespace

class TestDicomTape : public QObject {
    Q_OBJECT

private slots:
    void readsEverySyntax_data() {
        QTest::addColumn<bool>("explicitVr");
        QTest::addColumn<bool>("bigEndian");
        QTest::addColumn<QByteArray>("uid");
        QTest::newRow("Explicit VR Little Endian") << true << false << QByteArray("1.2.840.10008.1.2.1");
        QTest::newRow("Implicit VR Little Endian") << false << false << QByteArray("1.2.840.10008.1.2");
        QTest::newRow("Explicit VR Big Endian") << true << true << QByteArray("1.2.840.10008.1.2.2");
        QTest::newRow("stated implicit, is explicit") << true << false << QByteArray("1.2.840.10008.1.2");
        QTest::newRow("stated explicit, is implicit") << false << false << QByteArray("1.2.840.10008.1.2.1");
        QTest::newRow("stated little, is big endian") << true << true << QByteArray("1.2.840.10008.1.2.1");
    }
    void readsEverySyntax() {
        QFETCH(bool, explicitVr);
        QFETCH(bool, bigEndian);
        QFETCH(QByteArray, uid);
        const std::string file = small(explicitVr, bigEndian).file(uid.toStdString());
        const auto instance = Instance::ofMemory(bytesOf(file));
        QVERIFY(instance.has_value());
        QCOMPARE(instance->elements().size(), std::size_t{7});
        QCOMPARE(instance->text(tags::PatientName), std::string_view("TEST^ONE"));
        QCOMPARE(instance->number(tags::Rows).value_or(0), std::int64_t{4});
        const Element* sequence = instance->find(0x00081140);
        QVERIFY(sequence != nullptr);
        QVERIFY(sequence->kind == Element::Kind::Sequence);
        QCOMPARE(sequence->next, std::uint32_t{5});
    }
    void readsWithoutMeta() {
        const std::string bytes = small().bytes();
        QCOMPARE(Instance::ofMemory(bytesOf(bytes))->text(tags::PatientName), std::string_view("TEST^ONE"));
    }
    void readsOddThings_data() {
        QTest::addColumn<QByteArray>("tail");
        QTest::addColumn<int>("elements");
        const auto row = [](const char* name, const DicomBytes& bytes, int elements) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes.bytes()) << elements;
        };
        DicomBytes inner(false);
        inner.element(0x00100020, "LO", "1");
        DicomBytes items(false);
        items.raw(0xFFFEE000, "", static_cast<std::uint32_t>(inner.bytes().size()), inner.bytes());
        row("UN with a known sequence inside", DicomBytes().element(0x00101002, "UN", items.bytes()), 3);
        row("private UN with items inside", DicomBytes().element(0x00431010, "UN", items.bytes()), 3);
        row("UN without sense", DicomBytes().element(0x00431010, "UN", "nothing in particular here"), 1);
        row("sequence of undefined length",
            DicomBytes().sequence(0x00101002, DicomBytes().element(0x00100020, "LO", "1"), true), 3);
        row("VR of a later edition",
            DicomBytes().raw(0x00100020, "ZZ", 0, std::string("\4\0\0\0", 4) + "abcd"), 1);
        row("element without VR in an explicit data set", DicomBytes(false).element(0x00100020, "LO", "12"),
            1);
        row("stray delimiters",
            DicomBytes().raw(0xFFFEE00D, "", 0, "").raw(0xFFFEE0DD, "", 0, "").element(0x00100020, "LO", "1"),
            1);
        row("zeros behind the data set", DicomBytes().append(std::string(64, '\0')), 0);
        row("less than an element behind the data set", DicomBytes().append("abc"), 0);
    }
    void readsOddThings() {
        QFETCH(QByteArray, tail);
        QFETCH(int, elements);
        const std::string file =
            DicomBytes().element(0x00080060, "CS", "OT").append(tail.toStdString()).file();
        const auto instance = Instance::ofMemory(bytesOf(file));
        QVERIFY(instance.has_value());
        QCOMPARE(static_cast<int>(instance->elements().size()), elements + 1);
    }
    void refusesWhatIsNotSound_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char* name, const std::string& file, ErrorCode code) {
            QTest::newRow(name) << QByteArray::fromStdString(file) << code;
        };
        const DicomBytes head = DicomBytes().element(0x00080060, "CS", "OT");
        row("empty", "", ErrorCode::Empty);
        row("value beyond the end", DicomBytes(head).raw(0x00100010, "PN", 500, "A").file(),
            ErrorCode::Truncated);
        row("pixel data beyond the end", DicomBytes(head).raw(0x7FE00010, "OW", 5000, "AB").file(),
            ErrorCode::Truncated);
        row("item beyond its sequence",
            DicomBytes(head)
                .element(0x00081140, "SQ", DicomBytes().raw(0xFFFEE000, "", 400, "").bytes())
                .file(),
            ErrorCode::Malformed);
        row("sequence without items", DicomBytes(head).element(0x00081140, "SQ", "no items here.").file(),
            ErrorCode::Malformed);
        row("sequence never closed",
            DicomBytes(head)
                .raw(0x00081140, "SQ", 0xFFFFFFFF, DicomBytes().raw(0xFFFEE000, "", 0, "").bytes())
                .file(),
            ErrorCode::Truncated);
        row("text of undefined length", DicomBytes(head).raw(0x0040A160, "UT", 0xFFFFFFFF, "x").file(),
            ErrorCode::Malformed);
        row("fragments never closed",
            DicomBytes(head)
                .raw(0x7FE00010, "OB", 0xFFFFFFFF, DicomBytes().raw(0xFFFEE000, "", 0, "").bytes())
                .file(),
            ErrorCode::Truncated);
        row("fragment beyond the end",
            DicomBytes(head)
                .raw(0x7FE00010, "OB", 0xFFFFFFFF, DicomBytes().raw(0xFFFEE000, "", 9000, "abcdefgh").bytes())
                .file(),
            ErrorCode::Truncated);
        row("1,000 levels", nested(1000, false), ErrorCode::TooDeep);
        row("1,000 levels of undefined length", nested(1000, true), ErrorCode::TooDeep);
        row("pixel data twice",
            DicomBytes(head).element(0x7FE00010, "OW", "ABCD").element(0x7FE00010, "OW", "ABCD").file(),
            ErrorCode::Malformed);
    }
    void refusesWhatIsNotSound() {
        QFETCH(QByteArray, file);
        QFETCH(ErrorCode, code);
        const std::string bytes = file.toStdString();
        const auto instance = Instance::ofMemory(bytesOf(bytes));
        QVERIFY(!instance.has_value());
        QCOMPARE(base::errorWord(instance.error().code), base::errorWord(code));
    }
    void nestedUnknownValuesDoNotCostMoreThanTheirBytes() {
        // Every level can be read in two ways: without a bound the work doubles with each.
        DicomBytes item(false);
        item.element(0x00431010, "UN", std::string("\xFE\xFF\x00\xE0\x04\x00\x00\x00zzzz", 12));
        for (int i = 0; i < 40; ++i) {
            DicomBytes outer(false);
            DicomBytes wrapped(false);
            wrapped.raw(0xFFFEE000, "", static_cast<std::uint32_t>(item.bytes().size()), item.bytes());
            outer.raw(0x00431010, "UN", static_cast<std::uint32_t>(wrapped.bytes().size()), wrapped.bytes());
            item = outer;
        }
        const std::string file =
            DicomBytes()
                .element(0x00080060, "CS", "OT")
                .element(
                    0x00431010, "UN",
                    DicomBytes(false)
                        .raw(0xFFFEE000, "", static_cast<std::uint32_t>(item.bytes().size()), item.bytes())
                        .bytes())
                .file();
        QElapsedTimer timer;
        timer.start();
        (void)Instance::ofMemory(bytesOf(file));
        QVERIFY(timer.elapsed() < 2'000);
    }
    void zerosAreLookedThroughOnce() {
        // Elements of nothing, and one byte at the end that makes them no padding.
        const std::string file =
            DicomBytes().element(0x00080060, "CS", "OT").append(std::string(4 << 20, '\0') + "x").file();
        QElapsedTimer timer;
        timer.start();
        (void)Instance::ofMemory(bytesOf(file));
        QVERIFY(timer.elapsed() < 20'000);
    }
    void unsoundValuesAreOpaque_data() {
        QTest::addColumn<QByteArray>("set");
        QTest::addColumn<bool>("opaque");
        const auto row = [](const char* name, const DicomBytes& bytes, bool opaque) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes.bytes()) << opaque;
        };
        row("one number where one belongs", DicomBytes().number(0x00280010, 4), false);
        row("two numbers where one belongs", DicomBytes().element(0x00280010, "US", "abcd"), true);
        row("three bytes of a number", DicomBytes().raw(0x00280010, "US", 3, "abc"), true);
        row("no number at all", DicomBytes().element(0x00280010, "US", ""), false);
        row("any number of numbers (VM 1-n)", DicomBytes().element(0x00280009, "AT", "12345678abcd"), false);
        row("half a tag", DicomBytes().element(0x00280009, "AT", "123456"), true);
        row("four numbers (VM 4)", DicomBytes().element(0x00181310, "US", "12345678"), false);
        row("five numbers (VM 4)", DicomBytes().element(0x00181310, "US", "1234567890"), true);
        row("sequence declared OB", DicomBytes().element(0x00081140, "OB", "abcd"), true);
        row("table of numbers declared OW", DicomBytes().element(0x00283006, "OW", "123456789012"), false);
    }
    void unsoundValuesAreOpaque() {
        QFETCH(QByteArray, set);
        QFETCH(bool, opaque);
        const std::string file =
            DicomBytes().element(0x00080060, "CS", "OT").append(set.toStdString()).file();
        const auto instance = Instance::ofMemory(bytesOf(file));
        QVERIFY(instance.has_value());
        QCOMPARE(instance->elements().back().kind == Element::Kind::Opaque, opaque);
    }
    void everyPrefixAndEveryFlippedByteIsSurvived() {
        const std::string file = DicomBytes(small()).element(0x7FE00010, "OW", std::string(32, 'x')).file();
        for (std::size_t size = 0; size < file.size(); ++size) {
            const std::string part = file.substr(0, size);
            (void)Instance::ofMemory(bytesOf(part));
        }
        std::mt19937 random(1);
        for (int i = 0; i < 20'000; ++i) {
            std::string broken = file;
            for (int k = 0; k < 3; ++k) {
                broken[128 + random() % (broken.size() - 128)] = static_cast<char>(random());
            }
            if (const auto instance = Instance::ofMemory(bytesOf(broken))) {
                for (const Element& element : instance->elements()) {
                    QVERIFY(instance->value(element).size() <= broken.size());
                }
            }
        }
    }
    void pathsReadBack_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("valid");
        QTest::newRow("attribute") << "(0010,0010)" << true;
        QTest::newRow("in an item") << "(0040,A730)[2].(0040,A160)" << true;
        QTest::newRow("in every item") << "(0040,A730)[*].(0040,A160)" << true;
        QTest::newRow("no tag") << "0010,0010" << false;
        QTest::newRow("open bracket") << "(0040,A730)[2.(0040,A160)" << false;
        QTest::newRow("negative item") << "(0040,A730)[-2]" << false;
        QTest::newRow("ends in a dot") << "(0040,A730)[0]." << false;
    }
    void pathsReadBack() {
        QFETCH(QString, path);
        QFETCH(bool, valid);
        const auto steps = pathFromText(path.toStdString());
        QCOMPARE(!steps.empty(), valid);
        if (valid) {
            QCOMPARE(QString::fromStdString(pathText(steps)), path);
        }
    }
};

QTEST_APPLESS_MAIN(TestDicomTape)
#include "TestDicomTape.moc"
