#include <QAction>
#include <QLabel>
#include <QSignalSpy>

#include "core/decide/Masks.h"
#include "core/decide/Rules.h"
#include "tests/core/intake/slide/Slides.h"
#include "tests/ui/work/Bench.h"
#include "ui/views/image/DeepZoom.h"
#include "ui/views/image/ImageView.h"

using namespace kamei;
using ui::views::image::Compare;
using ui::views::image::DeepZoom;
using ui::views::image::ImageCanvas;
using ui::views::image::ImageView;

/// A slide in the image view: places are pixels of its base level, tiles come in beside, label and scan are
/// pictures of their own.
class TestSlideView : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        const bench::fs::path root = m_bench.folder.path().toStdString();
        const bench::fs::path path = root / "slide.svs";
        test::SlideRecipe recipe;
        recipe.width = 3000; // wider than an overview
        recipe.height = 2000;
        recipe.levels = 3;
        recipe.tile = 256;
        std::ofstream(path, std::ios::binary) << test::makeSlide(recipe);
        QCOMPARE(bench::run(job::importJob(m_bench.session, {{path}, 1, "test"})) >= 0, true);
        QCOMPARE(bench::run(job::detectJob(m_bench.session, {})) >= 0, true);
        const auto rows = *m_bench.session->assets({}); // a range-for keeps no part of a temporary alive
        for (const auto& row : rows) {
            if (row.asset.kind == model::AssetKind::Slide) {
                m_asset = row.asset.id;
            }
        }
        QVERIFY(m_asset.valid());
        m_view = std::make_unique<ImageView>(m_bench.context);
        m_view->resize(1000, 700);
        for (QAction* action : m_bench.actions.all()) {
            m_view->addAction(action);
        }
        QSignalSpy shown(m_view.get(), &ImageView::frameShown);
        m_view->setVisible(true);
        m_view->activateWindow();
        m_view->show(m_asset);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.isEmpty(), 30000);
        m_canvas = m_view->findChild<ImageCanvas*>();
    }

    void placesArePixelsOfTheBase() { QCOMPARE(m_canvas->pictureSize(), QSize(3000, 2000)); }

    void tilesComeInAtFullDetail() {
        m_canvas->fit();
        m_canvas->setScale(4.0, m_canvas->rect().center());
        // Enlarged four times, a pixel on the screen is the pixel of the base.
        const auto differs = [this] {
            const QImage screen = m_canvas->grab().toImage();
            int worst = 0;
            for (const QPoint at : {QPoint(200, 200), QPoint(480, 300), QPoint(800, 450)}) {
                const QPointF base = m_canvas->toWidget().inverted().map(QPointF(at) + QPointF(0.5, 0.5));
                const auto wanted = test::slidePixel(std::floor(base.x()) + 0.5, std::floor(base.y()) + 0.5);
                const QColor seen = screen.pixelColor(at);
                worst = std::max({worst, std::abs(seen.red() - wanted[0]), std::abs(seen.green() - wanted[1]),
                                  std::abs(seen.blue() - wanted[2])});
            }
            return worst;
        };
        QTRY_VERIFY_WITH_TIMEOUT(differs() <= 24, 30000);
    }

    void masksAreDrawnInPixelsOfTheBase() {
        m_canvas->fit();
        QTest::keyClick(m_canvas, Qt::Key_B);
        const auto at = [this](double x, double y) {
            return m_canvas->toWidget().map(QPointF(x, y)).toPoint();
        };
        QTest::mousePress(m_canvas, Qt::LeftButton, {}, at(500, 400));
        QTest::mouseMove(m_canvas, at(1100, 800));
        QTest::mouseRelease(m_canvas, Qt::LeftButton, {}, at(1100, 800));
        QTRY_COMPARE(masks().size(), 1U);
        const model::Mask mask = masks().front();
        QCOMPARE(mask.frames, (model::FrameRange{1, 1}));
        QVERIFY(std::abs(mask.rect.x - 500) <= 10 && std::abs(mask.rect.y - 400) <= 10);
        QVERIFY(std::abs(mask.rect.width - 600) <= 20 && std::abs(mask.rect.height - 400) <= 20);
    }

    void theProcessedSideShowsTheMask() {
        // Whether the glass is written on is answered first: until then the scan is black as a whole.
        job::FindingQuery query;
        query.asset = m_asset;
        decide::Decide answer;
        answer.state = model::DecisionState::Rejected;
        answer.reason = "looked at";
        const auto findings = *m_bench.session->findings(query);
        for (const auto& finding : findings) {
            if (decide::asksToLook(finding)) {
                answer.findings.push_back(finding.id);
            }
        }
        QCOMPARE(answer.findings.size(), 1U);
        m_bench.context.push(answer, QStringLiteral("answer"));
        m_view->setCompare(Compare::After);
        const auto middle = [this] {
            const QPoint at = m_canvas->toWidget().map(QPointF(800, 600)).toPoint();
            return m_canvas->grab().toImage().pixelColor(at).lightness();
        };
        QTRY_VERIFY_WITH_TIMEOUT(middle() < 10, 30000);
        m_canvas->setScale(1.0, m_canvas->toWidget().map(QPointF(800, 600)));
        QTRY_VERIFY_WITH_TIMEOUT(middle() < 10, 30000);
        const auto beside = [this] {
            const QPoint at = m_canvas->toWidget().map(QPointF(1180, 600)).toPoint();
            return m_canvas->grab().toImage().pixelColor(at).lightness();
        };
        QTRY_VERIFY_WITH_TIMEOUT(beside() > 60, 30000);
        m_view->setCompare(Compare::Before);
        m_canvas->fit();
    }

    void labelAndScanAreNamed() {
        const auto info = [this] {
            const auto labels = m_view->findChildren<QLabel*>();
            return std::ranges::any_of(
                labels, [](const QLabel* label) { return label->text().contains(QStringLiteral("Label")); });
        };
        QVERIFY(!info());
        m_view->setFrame(2);
        QTRY_COMPARE(m_canvas->pictureSize(), QSize(int(test::kLabelWidth), int(test::kLabelHeight)));
        QTRY_VERIFY(info());
        m_view->setFrame(1);
        QTRY_COMPARE(m_canvas->pictureSize(), QSize(3000, 2000));
    }

    void cleanupTestCase() { m_view.reset(); }

private:
    std::vector<model::Mask> masks() {
        std::vector<model::Mask> out;
        job::FindingQuery query;
        query.asset = m_asset;
        const auto findings = *m_bench.session->findings(query);
        for (const auto& finding : findings) {
            if (finding.origin == model::Origin::Person) {
                out.push_back(*decide::maskOf(finding));
            }
        }
        return out;
    }

    bench::Bench m_bench{1};
    base::AssetId m_asset;
    std::unique_ptr<ImageView> m_view;
    ImageCanvas* m_canvas = nullptr;
};

QTEST_MAIN(TestSlideView)
#include "TestSlideView.moc"
