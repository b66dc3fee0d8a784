#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

#include "core/decide/Rules.h"
#include "core/detect/Detector.h"
#include "core/intake/Format.h"
#include "core/intake/slide/SlideFormat.h"
#include "tests/core/intake/slide/Slides.h"

using namespace kamei;
using Kind = model::Locator::Kind;
using model::Action;

/// What is found on slides (Guideline 5.4.3), and what can be done with it.
class TestSlideFindings : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        auto rules = guideline::RuleTable::load();
        QVERIFY(rules.has_value());
        m_rules = std::make_unique<guideline::RuleTable>(std::move(*rules));
        QVERIFY(m_folder.isValid());
        const QString path = m_folder.filePath(QStringLiteral("a.svs"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(test::makeSlide()));
        file.close();
        model::Source source;
        source.path = path.toStdString();
        source.format = "slide";
        const auto description = intake::slide::describeSlide({source.path, ""}, "II*");
        QVERIFY(description);
        source.frames = description->frames;
        source.facts = description->facts;
        model::Asset asset;
        asset.kind = description->kind;
        asset.subject = base::SubjectId{1};
        const std::vector<model::KnownIdentifier> known;
        const std::vector<detect::DeviceTemplate> templates;
        const auto found = detect::detectorFor("slide")->detect(asset, std::span(&source, 1),
                                                                {*m_rules, m_policy, known, templates, {}});
        QVERIFY2(found, found ? "" : found.error().place.c_str());
        m_found = *found;
    }

    void everyRuleFinds_data() {
        QTest::addColumn<QString>("label");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<int>("action");
        QTest::addColumn<int>("frame");
        QTest::newRow("the label is drawn anew") << "SLIDE_LABEL"
                                                 << "image-content.slide-label" << int(Action::Replace) << 2;
        QTest::newRow("the whole glass shows the label")
            << "SLIDE_MACRO"
            << "image-content.slide-macro" << int(Action::Delete) << 3;
        QTest::newRow("letters on the glass are asked for")
            << "SLIDE_TEXT"
            << "image-content.slide-label" << int(Action::Mask) << 1;
    }
    void everyRuleFinds() {
        QFETCH(QString, label);
        QFETCH(QString, rule);
        QFETCH(int, action);
        QFETCH(int, frame);
        const auto finding = std::ranges::find(m_found.findings, label.toStdString(), &model::Finding::label);
        QVERIFY(finding != m_found.findings.end());
        QCOMPARE(finding->rule, rule.toStdString());
        QCOMPARE(int(finding->suggested), action);
        QCOMPARE(finding->requirement, model::Requirement::Required);
        QCOMPARE(finding->locator.kind, Kind::Pixels);
        QCOMPARE(finding->locator.frames.first, frame);
        QCOMPARE(decide::asksToLook(*finding), label == QLatin1String("SLIDE_TEXT"));
        if (label == QLatin1String("SLIDE_LABEL")) {
            const auto possible = decide::possibleActions(*finding, model::AssetKind::Slide);
            for (const Action one : {Action::Keep, Action::Delete, Action::Replace, Action::Mask}) {
                QVERIFY(std::ranges::find(possible, one) != possible.end());
            }
        }
    }

    void statementsAreFindings_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<bool>("found");
        QTest::newRow("user") << "Slide.Aperio.User" << true;
        QTest::newRow("file name") << "Slide.Aperio.Filename" << true;
        QTest::newRow("date") << "Slide.Aperio.Date" << true;
        QTest::newRow("scanner") << "Slide.Aperio.ScanScope ID" << true;
        QTest::newRow("artist") << "Slide.Tiff.Artist" << true;
        QTest::newRow("magnification tells of nobody") << "Slide.Aperio.AppMag" << false;
        QTest::newRow("pixel size tells of nobody") << "Slide.Aperio.MPP" << false;
    }
    void statementsAreFindings() {
        QFETCH(QString, key);
        QFETCH(bool, found);
        QCOMPARE(std::ranges::any_of(m_found.findings,
                                     [&](const model::Finding& finding) {
                                         return finding.locator.kind == Kind::Metadata &&
                                                finding.locator.path == key.toStdString() &&
                                                finding.suggested == Action::Delete;
                                     }),
                 found);
    }

    void fileNamesTeach() {
        QVERIFY(std::ranges::any_of(m_found.known, [](const model::KnownIdentifier& known) {
            return known.value == test::kSlideFile && known.kind == "accession";
        }));
    }

private:
    std::unique_ptr<guideline::RuleTable> m_rules;
    model::Policy m_policy;
    detect::Detection m_found;
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestSlideFindings)
#include "TestSlideFindings.moc"
