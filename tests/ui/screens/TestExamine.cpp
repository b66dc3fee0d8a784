#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <SQLiteCpp/SQLiteCpp.h>

#include "core/base/FileIo.h"
#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "tests/core/store/Sample.h"
#include "ui/screens/Places.h"
#include "ui/screens/settings/Preferences.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/SignInDialog.h"

using namespace kamei;
using namespace kamei::ui;

namespace {

constexpr int kLong = 20000; // Argon2id on a busy machine
constexpr int kAssets = 9;
const QString kPassphrase = QStringLiteral("correct horse battery");

template <class Kind> Kind* child(QObject& parent, const char* name) {
    return parent.findChild<Kind*>(QLatin1String(name));
}

/// A workspace of texts that somebody confirmed.
std::filesystem::path made(const std::filesystem::path& folder) {
    const auto session =
        *job::Session::create(folder, {"title", "to learn", *decide::policyFromText("guideline-2024")});
    {
        auto writing = *session->internals().write();
        for (int i = 1; i <= kAssets; ++i) {
            const auto asset =
                *writing->assets.insert(sample::asset(model::AssetKind::Text, "g" + std::to_string(i)));
            auto source = sample::source(asset, "s" + std::to_string(i));
            source.id = *writing->sources.insert(source);
            static_cast<void>(writing->assets.setDetected(asset, {}));
            const std::string content = "bytes " + std::to_string(i);
            auto file = sample::staged(source, content);
            std::filesystem::create_directories((folder / file.path).parent_path());
            static_cast<void>(base::writeFileAtomically(folder / file.path, content));
            static_cast<void>(
                writing->staged.upsert({&file, 1}, (*writing->assets.find(asset))->asset.revision));
        }
        static_cast<void>(writing.commit());
    }
    const auto rows = *session->assets({});
    for (const job::AssetRow& row : rows) {
        model::Confirmation seen;
        seen.asset = row.asset.id;
        seen.sha256 = *session->stagedDigest(row.asset.id);
        seen.reviewer = "Morita";
        seen.shown = seen.total = 2;
        static_cast<void>(session->confirm(seen));
    }
    return folder;
}

} // namespace

/// Keys, roles and samples through the window's own widgets.
class TestExamine : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path m_workspace;

    std::shared_ptr<job::Session> opened() {
        return *job::Session::open(m_workspace, job::OpenMode::ReadWrite);
    }
    static shell::SignInDialog* dialogOf(shell::MainWindow& window) {
        QTest::mouseClick(child<QPushButton>(window, "top.user"), Qt::LeftButton);
        return window.findChild<shell::SignInDialog*>();
    }

private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", m_folder.filePath(QStringLiteral("home")).toUtf8());
        QStandardPaths::setTestModeEnabled(true);
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QApplication::setApplicationName(QStringLiteral("kamei-test"));
        QApplication::setOrganizationName(QStringLiteral("kamei-test"));
        screens::Preferences preferences;
        preferences.language = QStringLiteral("en");
        preferences.theme = style::Mode::Light;
        preferences.save();
        preferences.apply(*qApp);
        m_workspace = made(sample::folderIn(m_folder));
    }

    void makingAKeySignsInAndTheEntriesAreSigned() {
        shell::MainWindow window(screens::makePlace);
        window.show();
        const auto session = opened();
        window.context().setSession(session);
        auto* dialog = dialogOf(window);
        QVERIFY(dialog);
        // No key yet: the page that makes one.
        auto* ok = child<QPushButton>(*dialog, "signIn.ok");
        QTest::keyClicks(child<QLineEdit>(*dialog, "signIn.name"), QStringLiteral("Saeki"));
        QTest::keyClicks(child<QLineEdit>(*dialog, "signIn.first"), QStringLiteral("short"));
        QTest::keyClicks(child<QLineEdit>(*dialog, "signIn.second"), QStringLiteral("short"));
        QVERIFY(!ok->isEnabled());
        child<QLineEdit>(*dialog, "signIn.first")->setText(kPassphrase);
        QVERIFY(!ok->isEnabled()); // the two differ
        child<QLineEdit>(*dialog, "signIn.second")->setText(kPassphrase);
        QVERIFY(ok->isEnabled());
        child<QComboBox>(*dialog, "signIn.role")->setCurrentIndex(1);
        QTest::mouseClick(ok, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window.context().identity() != nullptr, kLong);
        QCOMPARE(child<QPushButton>(window, "top.user")->text(), QStringLiteral("Saeki · Radiologist"));
        QCOMPARE(session->signedIn()->name, std::string("Saeki"));
        QVERIFY(session->verifyAudit()->signedEntries >= 2);
        QCOMPARE(session->reviewers()->size(), std::size_t{1});
    }

    void wrongPassphraseOpensNothing() {
        shell::MainWindow window(screens::makePlace);
        window.show();
        auto* dialog = dialogOf(window);
        QVERIFY(dialog);
        auto* passphrase = child<QLineEdit>(*dialog, "signIn.passphrase");
        QTest::keyClicks(passphrase, QStringLiteral("correct horse batterz"));
        QTest::keyClick(passphrase, Qt::Key_Return);
        auto* state = child<QLabel>(*dialog, "signIn.state");
        QTRY_VERIFY_WITH_TIMEOUT(state->text().contains(QStringLiteral("not that of this key")), kLong);
        QVERIFY(passphrase->text().isEmpty());
        QVERIFY(!window.context().identity());
        passphrase->setText(kPassphrase);
        QTest::keyClick(passphrase, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(window.context().identity() != nullptr, kLong);
    }

    void examinerDrawsJudgesAndSendsBack() {
        shell::MainWindow window(screens::makePlace);
        window.resize(1366, 768);
        window.show();
        const auto session = opened();
        window.context().setSession(session);
        window.context().signIn(keys::Identity::generate("Hara", keys::Role::EthicsReviewer));
        window.context().go({shell::ScreenId::Audit});
        QTest::mouseClick(child<QPushButton>(window, "audit.draw"), Qt::LeftButton);
        auto* table = child<QTableView>(window, "audit.sample");
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), kAssets, kLong); // 1 % of nine: all of them
        auto* bound = child<QLabel>(window, "audit.bound");
        QTRY_COMPARE(bound->text(), QStringLiteral("≤ 100 %"));
        auto* record = child<QPushButton>(window, "audit.record");
        QVERIFY(!record->isEnabled());
        auto& actions = window.context().actions();
        const auto judge = [&](const char* action) { actions.action(QLatin1String(action))->trigger(); };
        const auto judged = [&] {
            int count = 0;
            for (const auto& item : *session->auditItems(session->auditSamples()->front().id)) {
                count += item.judgement != model::Judgement::None ? 1 : 0;
            }
            return count;
        };
        for (int i = 0; i < kAssets - 1; ++i) {
            QTRY_COMPARE(table->currentIndex().row(), i);
            judge("audit.judge-clean");
            QTRY_VERIFY(record->isEnabled()); // once it is on the screen
            judge("audit.judge-record");
            QTRY_COMPARE(judged(), i + 1);
        }
        QTRY_COMPARE(table->currentIndex().row(), kAssets - 1);
        judge("audit.judge-leak");
        QVERIFY(!record->isEnabled()); // a leak needs a note
        QTest::keyClicks(child<QPlainTextEdit>(window, "audit.note"), QStringLiteral("a name in line 3"));
        QVERIFY(record->isEnabled());
        QTest::mouseClick(record, Qt::LeftButton);
        QTRY_COMPARE(judged(), kAssets);
        QTRY_VERIFY(bound->text().startsWith(QStringLiteral("≤ 11")));
        auto* back = child<QPushButton>(window, "audit.sendBack");
        QTRY_VERIFY(back->isVisible());
        QTest::mouseClick(back, Qt::LeftButton);
        QTRY_VERIFY(!back->isVisible());
        QCOMPARE(session->overview()->sentBack, 1);
        QVERIFY(session->verifyAll());
        // Nothing else can be changed in this role.
        QVERIFY(!window.context().push(decide::Exclude{base::AssetId{1}, true, "no"}, QStringLiteral("x")));
    }

    void editedWorkspaceIsOpenedForReadingOnlyAndSaysSo() {
        SQLite::Database((m_workspace / "workspace.kamei").string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE asset SET device='another' WHERE id=2");
        shell::MainWindow window(screens::makePlace);
        window.show();
        window.context().openWorkspace(QString::fromStdString(m_workspace.string()));
        QTRY_VERIFY_WITH_TIMEOUT(window.context().session() && !window.context().session()->writable(),
                                 kLong);
        auto* banner = child<QLabel>(window, "banner.what");
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(QStringLiteral("other means")));
    }
};

QTEST_MAIN(TestExamine)
#include "TestExamine.moc"
