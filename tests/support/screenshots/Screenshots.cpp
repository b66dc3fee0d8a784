// Grabs every screen of the window in both languages and themes.
#include <QApplication>
#include <QCommandLineParser>
#include <QDateTime>
#include <QDir>
#include <QLineEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <array>

#include "core/decide/Rules.h"
#include "core/model/Mute.h"
#include "tests/support/screenshots/DemoWorkspace.h"
#include "ui/screens/Places.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Pulse.h"
#include "ui/text/Language.h"
#include "ui/views/surface/SurfaceView.h"

using namespace kamei;
using namespace kamei::ui;

namespace {

/// Time for look-ups off the GUI thread to arrive and views to settle.
constexpr int kSettleMs = 1500;
constexpr int kSurfaceMs = 60000; ///< until the volume of a head is read and drawn

struct Shot {
    const char* name;
    shell::Route route;
};

void save(QWidget& window, const QDir& folder, const QString& name) {
    const QString file = folder.filePath(name + QStringLiteral(".png"));
    window.grab().save(file);
    std::printf("%s\n", qPrintable(file));
    std::fflush(stdout);
}

/// What asks to look at the pictures: with it the picture is shown rather than the attributes.
base::FindingId questionOf(job::Session& session, base::AssetId asset) {
    job::FindingQuery query;
    query.asset = asset;
    const auto findings = session.findings(query);
    if (findings) {
        const auto found = std::ranges::find_if(*findings, decide::asksToLook);
        if (found != findings->end()) {
            return found->id;
        }
    }
    return {};
}

/// The sound of a video, silent in two ranges, so that the picture shows how they look.
base::FindingId silencedSound(job::Session& session, base::AssetId asset) {
    job::FindingQuery query;
    query.asset = asset;
    const auto findings = session.findings(query);
    if (!findings) {
        return {};
    }
    const auto found = std::ranges::find_if(*findings, decide::isSound);
    if (found == findings->end()) {
        return {};
    }
    decide::Decide edit{{found->id}, model::DecisionState::Changed, model::Action::Clean, "講演で公開済み"};
    edit.method = model::toJson(model::Mute{{{1000, 1800}, {3200, 4100}}});
    return session.apply(edit, "森田 彩") ? found->id : base::FindingId{};
}

std::vector<Shot> shotsOf(job::Session& session) {
    using S = shell::ScreenId;
    std::vector<Shot> shots{{"home", {S::Home}}};
    const auto assets = session.assets({});
    if (assets) {
        QSet<QByteArray> kinds;
        for (const job::AssetRow& row : *assets) {
            const bool picture = row.asset.kind == model::AssetKind::DicomSeries;
            const char* name = row.asset.modality == "US"                     ? "work-ultrasound"
                               : row.asset.modality == "CT"                   ? "work-ct"
                               : row.asset.kind == model::AssetKind::Text     ? "work-text"
                               : row.asset.kind == model::AssetKind::Document ? "work-document"
                               : row.asset.kind == model::AssetKind::Table    ? "work-table"
                               : row.asset.kind == model::AssetKind::Image    ? "work-photo"
                               : row.asset.kind == model::AssetKind::Video    ? "work-video"
                               : row.asset.kind == model::AssetKind::Slide    ? "work-slide"
                               : row.asset.kind == model::AssetKind::Pdf      ? "work-pdf"
                               : picture                                      ? "work-dicom"
                                                                              : nullptr;
            if (name == nullptr || kinds.contains(name)) {
                continue;
            }
            kinds.insert(name);
            shell::Route route{S::Work};
            route.subject = row.asset.subject;
            route.asset = row.asset.id;
            if (row.asset.modality == "CT") {
                shell::Route looking{S::Confirm};
                looking.asset = row.asset.id;
                shots.push_back({"confirm-pictures", looking});
            }
            if (row.asset.modality == "US") {
                route.finding = questionOf(session, row.asset.id);
            }
            shots.push_back({name, route});
            if (row.asset.kind == model::AssetKind::Video) {
                route.finding = silencedSound(session, row.asset.id);
                shots.push_back({"work-video-sound", route});
            }
        }
    }
    for (const Shot& more :
         {Shot{"people", {S::People}}, Shot{"face", {S::Face}}, Shot{"risk", {S::Risk}},
          Shot{"confirm", {S::Confirm}}, Shot{"release", {S::Release}}, Shot{"audit", {S::Audit}},
          Shot{"settings", {S::Settings}}, Shot{"policy", {S::Policy}}}) {
        shots.push_back(more);
    }
    for (const auto& [name, page] : {std::pair{"policy-rules", "rules"},
                                     std::pair{"policy-private", "private\nNORTHWIND MR 4.1\n(0021,xx20)"},
                                     std::pair{"policy-trial", "trial"}}) {
        shell::Route route{S::Policy};
        route.filter = QString::fromLatin1(page);
        if (assets && route.filter == QLatin1String("trial")) {
            const auto mr = std::ranges::find_if(
                *assets, [](const job::AssetRow& row) { return row.asset.modality == "MR"; });
            route.asset = mr == assets->end() ? base::AssetId{} : mr->asset.id;
        }
        shots.push_back({name, route});
    }
    return shots;
}

} // namespace

int main(int argc, char* argv[]) {
    qputenv("HOME", "/home/kamei"); // no folder of whoever runs this gets into a picture
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("kamei-screenshots"));
    QApplication::setOrganizationName(QStringLiteral("kamei-screenshots"));
    QCommandLineParser arguments;
    arguments.addPositionalArgument(QStringLiteral("out"), QStringLiteral("folder for the pictures"));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("window"), QStringLiteral("WxH"),
                                  QStringLiteral("1440x900"));
    const QCommandLineOption langs(QStringLiteral("langs"), QStringLiteral("languages"),
                                   QStringLiteral("list"), QStringLiteral("ja,en"));
    const QCommandLineOption themes(QStringLiteral("themes"), QStringLiteral("themes"),
                                    QStringLiteral("list"), QStringLiteral("light,dark"));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("screens"), QStringLiteral("list"),
                                  QString());
    arguments.addOptions({size, langs, themes, only});
    arguments.addHelpOption();
    arguments.process(application);
    if (arguments.positionalArguments().isEmpty()) {
        arguments.showHelp(2);
    }
    const QDir out(arguments.positionalArguments().front());
    (void)out.mkpath(QStringLiteral("."));
    const QStringList wanted = arguments.value(only).split(QLatin1Char(','), Qt::SkipEmptyParts);

    const QTemporaryDir scratch;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, scratch.path());
    const auto session = support::demoWorkspace(scratch.filePath(QStringLiteral("demo")).toStdString(),
                                                support::Progress::Staged, "頭部画像AI 共同研究（デモ）");
    QSettings().setValue(QStringLiteral("reviewer"), QStringLiteral("森田 彩"));
    QVariantList recent;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    constexpr qint64 kDayMs = 86400000;
    int days = 0;
    for (const char* folder : {"/srv/kamei/head-ct-2026", "/srv/kamei/ecg-prospective",
                               "/mnt/nas2/kamei/endoscopy-2", "/srv/kamei/breast-wsi"}) {
        recent.append(QVariantMap{{QStringLiteral("folder"), QLatin1String(folder)},
                                  {QStringLiteral("at"), now - kDayMs * days}});
        days += 9;
    }
    QSettings().setValue(QStringLiteral("recent"), recent);
    const auto area = arguments.value(size).split(QLatin1Char('x'));
    for (const QString& theme : arguments.value(themes).split(QLatin1Char(','))) {
        for (const QString& language : arguments.value(langs).split(QLatin1Char(','))) {
            screens::Preferences preferences;
            preferences.language = language;
            preferences.theme = theme == QLatin1String("dark") ? style::Mode::Dark : style::Mode::Light;
            preferences.save();
            preferences.apply(application);
            shell::MainWindow window(screens::makePlace);
            window.resize(area.value(0).toInt(), area.value(1).toInt());
            window.show();
            const QString ending = QStringLiteral("-%1-%2").arg(language, theme);
            if (wanted.isEmpty() || wanted.contains(QLatin1String("welcome"))) {
                QTest::qWait(300);
                save(window, out, QStringLiteral("welcome") + ending);
            }
            window.context().setSession(session);
            window.context().pulse().checkGate();
            for (const Shot& shot : shotsOf(*session)) {
                if (!wanted.isEmpty() && !wanted.contains(QLatin1String(shot.name))) {
                    continue;
                }
                window.context().go(shot.route);
                QTest::qWait(kSettleMs);
                if (shot.route.screen == shell::ScreenId::Face) {
                    (void)QTest::qWaitFor(
                        [&window] {
                            const auto* surface = window.findChild<views::surface::SurfaceView*>(
                                QStringLiteral("surfaceBefore"));
                            return surface != nullptr && surface->isVisible() && surface->isSettled();
                        },
                        kSurfaceMs);
                    QTest::qWait(kSettleMs); // the standard views follow
                }
                if (auto* folder = window.findChild<QLineEdit*>(QStringLiteral("release.folder"))) {
                    folder->setText(QStringLiteral("/srv/kamei/head-ct-2026-release"));
                }
                save(window, out, QLatin1String(shot.name) + ending);
            }
            if (wanted.isEmpty() || wanted.contains(QLatin1String("palette"))) {
                window.context().go({shell::ScreenId::Home});
                window.context().actions().action(QStringLiteral("app.search"))->trigger();
                QTest::qWait(300);
                save(window, out, QStringLiteral("palette") + ending);
            }
            window.context().setSession(nullptr);
        }
    }
    return 0;
}
