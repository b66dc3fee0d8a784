#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "core/decide/Masks.h"
#include "core/decide/Rules.h"
#include "core/detect/Detector.h"
#include "core/intake/pdf/PdfDocument.h"
#include "tests/core/intake/pdf/PdfMaker.h"

using namespace kamei;
using Kind = model::Locator::Kind;
using test::makePdf;
using test::pdfStream;

class TestPdfFindings : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        auto rules = guideline::RuleTable::load();
        QVERIFY(rules.has_value());
        m_rules = std::make_unique<guideline::RuleTable>(std::move(*rules));
        QVERIFY(m_folder.isValid());
    }

    void everyLineOfANameIsAMaskOnItsPage() {
        test::PdfParts parts;
        parts.content = "BT /F 24 Tf 60 700 Td (Report of SEGAWA) Tj 0 -40 Td (YUKIO was read) Tj ET";
        const auto found = detected(makePdf(parts));
        const auto names = rowsOf(found, "clinical-text.patient-name");
        QCOMPARE(names.size(), std::size_t(2));
        const auto document = intake::pdf::PdfDocument::open(makePdf(parts));
        const auto words = document->words(1);
        for (const model::Finding& name : names) {
            QCOMPARE(name.suggested, model::Action::Mask);
            QCOMPARE(name.locator.kind, Kind::Pixels);
            QCOMPARE(name.locator.frames.first, 1);
            QCOMPARE(name.locator.frames.last, 1);
            QVERIFY(!decide::asksToLook(name));
            QVERIFY(decide::hasMask(name));
            const auto word = std::ranges::find_if(*words, [&](const intake::pdf::Word& one) {
                return intake::pdf::textOf({one}).starts_with(name.text);
            });
            QVERIFY2(word != words->end(), name.text.c_str());
            const model::RectPx& rect = name.locator.rect;
            QVERIFY(rect.x <= word->box.x && rect.y <= word->box.y &&
                    rect.x + rect.width >= word->box.x + word->box.width &&
                    rect.y + rect.height >= word->box.y + word->box.height);
        }
    }

    void asksWhatOnlyAPersonCanSay_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("whole");
        test::PdfParts picture;
        picture.content = "BT /F 24 Tf 60 700 Td (Words) Tj ET q 40 0 0 30 60 90 cm /P Do Q";
        picture.resources = "/XObject << /P 6 0 R >>";
        picture.objects = {
            pdfStream("/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
                      std::string(1, '\0'))};
        QTest::newRow("picture on a page") << QByteArray::fromStdString(makePdf(picture)) << false;
        test::PdfParts scan = picture;
        scan.content = "q 595 0 0 842 0 0 cm /P Do Q";
        QTest::newRow("scanned page") << QByteArray::fromStdString(makePdf(scan)) << true;
        QTest::newRow("letters drawn as lines")
            << QByteArray::fromStdString(makePdf({.content = "60 60 m 200 300 l S"})) << true;
        QTest::newRow("font that says nothing")
            << QByteArray::fromStdString(makePdf(
                   {.font = "<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding << /Differences [80 /g12 "
                            "/g13] >> >>"}))
            << true;
    }
    void asksWhatOnlyAPersonCanSay() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, whole);
        const auto found = detected(bytes.toStdString());
        for (const char* rule : {"image-content.face-photo", "image-content.burned-in-text"}) {
            const auto rows = rowsOf(found, rule);
            QCOMPARE(rows.size(), std::size_t(1));
            QVERIFY(decide::asksToLook(rows.front()));
            QCOMPARE(rows.front().locator.rect.width > 1200, whole);
        }
    }

    void asksNothingOfPlainText() {
        QVERIFY(rowsOf(detected(makePdf()), "image-content.burned-in-text").empty());
    }

    void saysWhatCannotBeSeen_data() {
        QTest::addColumn<QString>("content");
        QTest::newRow("white on white") << "1 g BT /F 24 Tf 60 700 Td (SECRET) Tj ET";
        QTest::newRow("beyond the page") << "BT /F 24 Tf 60 -300 Td (SECRET) Tj ET";
    }
    void saysWhatCannotBeSeen() {
        QFETCH(QString, content);
        const auto rows =
            rowsOf(detected(makePdf({.content = content.toStdString()})), "clinical-text.unseen-content");
        QCOMPARE(rows.size(), std::size_t(1));
        QVERIFY(rows.front().text.find("SECRET") != std::string::npos);
        QCOMPARE(rows.front().suggested, model::Action::Delete);
        QCOMPARE(rows.front().locator.kind, Kind::Metadata);
    }

    void fieldsAndStatementsCiteTheirRule_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("rule");
        QTest::newRow("author") << QByteArray::fromStdString(makePdf({.trailer = "/Info << /Author (A) >>"}))
                                << "clinical-text.author";
        QTest::newRow("title") << QByteArray::fromStdString(makePdf({.trailer = "/Info << /Title (A) >>"}))
                               << "clinical-text.file-information";
        QTest::newRow("script") << QByteArray::fromStdString(
                                       makePdf({.catalogue = "/OpenAction << /S /JavaScript /JS (x) >>"}))
                                << "clinical-text.unseen-content";
        QTest::newRow("field")
            << QByteArray::fromStdString(
                   makePdf({.page = "/Annots [6 0 R]",
                            .catalogue = "/AcroForm << /Fields [6 0 R] >>",
                            .objects = {"<< /Subtype /Widget /Rect [9 9 99 99] /FT /Tx /V (A) >>"}}))
            << "clinical-text.form-value";
    }
    void fieldsAndStatementsCiteTheirRule() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, rule);
        const auto rows = rowsOf(detected(bytes.toStdString()), rule.toStdString());
        QVERIFY(!rows.empty());
        QVERIFY(m_rules->find(rows.front().rule) != nullptr);
        QCOMPARE(rows.front().requirement, model::Requirement::Required);
    }

    void teachesOnlyOfAPersonWhoIsKnown() { QVERIFY(detected(makePdf(), false).known.empty()); }

private:
    detect::Detection detected(const std::string& bytes, bool known = true) {
        const QString path = m_folder.filePath("document.pdf");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) {
            return {};
        }
        file.write(bytes.data(), qint64(bytes.size()));
        file.close();
        model::Source source;
        source.path = path.toStdString();
        source.format = "pdf";
        source.frames = 1;
        model::Asset asset;
        asset.kind = model::AssetKind::Pdf;
        const std::vector<model::KnownIdentifier> identifiers{{{}, "patient-name", "SEGAWA YUKIO", {}, {}}};
        if (known) {
            asset.subject = base::SubjectId{1};
        }
        const detect::Context context{*m_rules, m_policy, identifiers, {}, {}};
        auto found = detect::detectorFor("pdf")->detect(asset, std::span(&source, 1), context);
        if (!found || !found->unexamined.empty()) {
            qWarning("not examined");
            return {};
        }
        return std::move(*found);
    }
    static std::vector<model::Finding> rowsOf(const detect::Detection& found, const std::string& rule) {
        std::vector<model::Finding> out;
        std::ranges::copy_if(found.findings, std::back_inserter(out),
                             [&](const model::Finding& finding) { return finding.rule == rule; });
        return out;
    }

    QTemporaryDir m_folder;
    model::Policy m_policy;
    std::unique_ptr<guideline::RuleTable> m_rules;
};

QTEST_GUILESS_MAIN(TestPdfFindings)
#include "TestPdfFindings.moc"
