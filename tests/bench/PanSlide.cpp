#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <fstream>

#include "tests/core/intake/slide/Slides.h"
#include "tests/ui/work/Bench.h"
#include "ui/views/image/ImageView.h"

using namespace kamei;
using ui::views::image::ImageCanvas;
using ui::views::image::ImageView;

/// How long it takes to paint a slide at full detail while it is moved: 16 ms are 60 pictures a second.
class PanSlide : public QObject {
    Q_OBJECT

private slots:
    void paintings() {
        bench::Bench bed{1};
        const bench::fs::path path = bench::fs::path(bed.folder.path().toStdString()) / "slide.svs";
        test::SlideRecipe recipe;
        recipe.width = 3000;
        recipe.height = 2000;
        recipe.levels = 3;
        recipe.tile = 256;
        std::ofstream(path, std::ios::binary) << test::makeSlide(recipe);
        QVERIFY(bench::run(job::importJob(bed.session, {{path}, 1, "test"})) >= 0);
        QVERIFY(bench::run(job::detectJob(bed.session, {})) >= 0);
        const auto rows = *bed.session->assets({});
        const auto slide = std::ranges::find(rows, model::AssetKind::Slide,
                                             [](const job::AssetRow& row) { return row.asset.kind; });
        QVERIFY(slide != rows.end());
        ImageView view(bed.context);
        view.resize(1366, 768);
        QSignalSpy shown(&view, &ImageView::frameShown);
        view.setVisible(true);
        view.activateWindow();
        view.show(slide->asset.id);
        QTRY_VERIFY_WITH_TIMEOUT(!shown.isEmpty(), 60000);
        auto* const canvas = view.findChild<ImageCanvas*>();
        canvas->setScale(1.0, canvas->rect().center());
        QTest::qWait(3000); // tiles come in
        QImage screen(canvas->size(), QImage::Format_RGB32);
        QElapsedTimer timer;
        timer.start();
        constexpr int kPaints = 100;
        for (int i = 0; i < kPaints; ++i) {
            canvas->render(&screen);
        }
        qInfo("one painting of %d x %d: %.1f ms", screen.width(), screen.height(),
              double(timer.elapsed()) / kPaints);
    }
};

QTEST_MAIN(PanSlide)
#include "PanSlide.moc"
