#include "ui/screens/release/DestinationPanel.h"

#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStorageInfo>

#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

DestinationPanel::DestinationPanel(shell::AppContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_caption(style::label("muted")), m_folder(new QLineEdit),
      m_browse(style::button("")), m_space(style::label("small")),
      m_release(style::button("final", {}, QStringLiteral("release"))) {
    QWidget::setProperty("surface", QStringLiteral("footer"));
    setObjectName(QStringLiteral("release.destination"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnMinimumWidth(0, style::Theme::instance().px(72));
    grid->setColumnStretch(1, 1);
    m_folder->setObjectName(QStringLiteral("release.folder"));
    m_folder->setFont(style::Theme::instance().monoFont());
    m_caption->setBuddy(m_folder);
    m_browse->setObjectName(QStringLiteral("release.browse"));
    m_release->setObjectName(QStringLiteral("release.release"));
    grid->addWidget(m_caption, 0, 0);
    grid->addWidget(m_folder, 0, 1);
    grid->addWidget(m_browse, 0, 2);
    grid->addWidget(m_space, 1, 1, 1, 2);
    grid->addWidget(m_release, 2, 0, 1, 3);
    connect(m_browse, &QPushButton::clicked, this, &DestinationPanel::browse);
    connect(m_folder, &QLineEdit::textEdited, this, [this] { m_typed = true; });
    connect(m_folder, &QLineEdit::textChanged, this, &DestinationPanel::check);
    connect(m_release, &QPushButton::clicked, this, [this] { emit released(folder()); });
    retranslate();
}

QString DestinationPanel::folder() const {
    const QString typed = m_folder->text().trimmed();
    return typed.isEmpty() ? QString() : QDir::cleanPath(typed);
}

void DestinationPanel::propose(const QString& folder) {
    if (!m_typed) {
        m_folder->setText(folder);
    }
}

void DestinationPanel::setReady(bool ready) {
    m_ready = ready;
    m_release->setEnabled(m_ready && m_usable);
    style::setThemedIcon(m_release, ready ? QStringLiteral("release") : QStringLiteral("lock"));
}

void DestinationPanel::browse() {
    auto* dialog =
        new QFileDialog(this, tr("Folder in which the release is made"), QFileInfo(folder()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& chosen) {
        m_typed = true;
        // The release makes a folder of its own, so that it is there whole or not at all.
        const QString name = QFileInfo(folder()).fileName();
        m_folder->setText(QDir(chosen).filePath(name.isEmpty() ? QStringLiteral("release") : name));
    });
    dialog->open();
}

void DestinationPanel::check() {
    emit folderChanged(folder());
    const quint64 question = ++m_question;
    const QString target = folder();
    m_usable = false;
    setReady(m_ready);
    struct Place {
        bool absolute = false;
        bool exists = false;
        bool parentWritable = false;
        qint64 freeBytes = 0;
    };
    // A mount that does not answer must not stall the window.
    m_context.runner().look(
        this,
        [target] {
            Place place;
            place.absolute = QDir::isAbsolutePath(target);
            if (place.absolute) {
                const QFileInfo info(target);
                const QFileInfo parent(info.path());
                place.exists = info.exists();
                place.parentWritable = parent.isDir() && parent.isWritable();
                place.freeBytes = QStorageInfo(info.path()).bytesAvailable();
            }
            return place;
        },
        [this, question](const Place& place) {
            if (question != m_question) {
                return;
            }
            m_usable = place.absolute && !place.exists && place.parentWritable;
            if (!place.absolute) {
                m_space->setText(tr("Choose a folder that does not exist yet."));
            } else if (place.exists) {
                m_space->setText(tr("This folder exists already. A release needs a new one."));
            } else if (!place.parentWritable) {
                m_space->setText(tr("The folder above does not exist or cannot be written to."));
            } else {
                m_space->setText(tr("%1 free").arg(
                    text::bytes(static_cast<std::uint64_t>(qMax<qint64>(0, place.freeBytes)))));
            }
            style::setProperty(m_space, "role", m_usable ? "small" : "smallwarn");
            setReady(m_ready);
        });
}

void DestinationPanel::retranslate() {
    m_caption->setText(tr("Release to"));
    m_folder->setAccessibleName(m_caption->text());
    m_browse->setText(tr("Browse…"));
    m_release->setText(tr("Release (the confirmed bytes, as they are)"));
    check();
}

void DestinationPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::screens
