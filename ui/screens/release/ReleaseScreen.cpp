#include "ui/screens/release/ReleaseScreen.h"

#include <QAction>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <array>

#include "core/job/Sealing.h"
#include "ui/screens/release/DestinationPanel.h"
#include "ui/screens/release/FatePanel.h"
#include "ui/screens/release/GateList.h"
#include "ui/screens/release/OutputTable.h"
#include "ui/screens/release/PassphraseDialog.h"
#include "ui/screens/release/SheetDialog.h"
#include "ui/screens/release/SheetPanel.h"
#include "ui/screens/release/VerifyJob.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Pulse.h"
#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

QScrollArea* scrolled(QWidget* inner) {
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    inner->setProperty("surface", QStringLiteral("panel"));
    inner->setAttribute(Qt::WA_StyledBackground);
    area->setWidget(inner);
    return area;
}

std::filesystem::path toPath(const QString& path) {
    return std::filesystem::path(QFile::encodeName(path).toStdString());
}

} // namespace

ReleaseScreen::ReleaseScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_sign(new style::Badge), m_title(style::label("page")),
      m_note(new style::ElidedLabel("")), m_check(style::button("", {}, QStringLiteral("refresh"))),
      m_papers(style::button("", {}, QStringLiteral("document"))), m_gateHead(style::label("section")),
      m_keysMove(style::label("note")), m_keysOpen(style::label("note")), m_gateArea(nullptr),
      m_gate(new GateList), m_openNote(style::surface("warn")), m_openNoteText(style::label("smallwarn")),
      m_openNoteLink(style::button("linkwarn")), m_outcome(style::surface("footer")),
      m_outcomeSign(new style::Badge), m_outcomeText(style::label("strong")),
      m_verifyAgain(style::button("small")), m_destination(new DestinationPanel(context)),
      m_outputHead(style::label("section")), m_output(new OutputTable), m_sheetHead(style::label("section")),
      m_edit(style::button("link")), m_sheetPanel(new SheetPanel), m_fateHead(style::label("section")),
      m_fate(new FatePanel), m_orderHead(style::label("section")), m_orderNote(style::label("small")) {
    setObjectName(QStringLiteral("release"));
    build();
    connectAll();
    retranslate();
}

void ReleaseScreen::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = style::surface("bar");
    head->setFixedHeight(style::Theme::instance().px(56));
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(12);
    row->addWidget(m_sign);
    row->addWidget(m_title);
    row->addWidget(m_note, 1);
    m_check->setObjectName(QStringLiteral("release.check"));
    m_papers->setObjectName(QStringLiteral("release.papers"));
    row->addWidget(m_papers);
    row->addWidget(m_check);
    column->addWidget(head);
    auto* halves = new QHBoxLayout;
    halves->setSpacing(0);
    halves->addWidget(buildLeft(), 46);
    auto* line = new QFrame;
    line->setProperty("line", QStringLiteral("v"));
    halves->addWidget(line);
    halves->addWidget(buildRight(), 54);
    column->addLayout(halves, 1);
}

QWidget* ReleaseScreen::buildLeft() {
    auto* left = new QWidget;
    left->setProperty("surface", QStringLiteral("panel"));
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    column->addWidget(style::sectionHead(m_gateHead, &head));
    head->setSpacing(4);
    head->addWidget(new style::KeyCap(QStringLiteral("J")));
    head->addWidget(new style::KeyCap(QStringLiteral("K")));
    head->addWidget(m_keysMove);
    head->addSpacing(8);
    head->addWidget(new style::KeyCap(QStringLiteral("Enter")));
    head->addWidget(m_keysOpen);
    m_gateArea = scrolled(m_gate);
    column->addWidget(m_gateArea, 1);

    auto* note = new QHBoxLayout(m_openNote);
    note->setContentsMargins(16, 7, 16, 8);
    note->setSpacing(8);
    note->addWidget(style::iconLabel(QStringLiteral("info"), "warn"));
    m_openNoteText->setWordWrap(true);
    note->addWidget(m_openNoteText, 1);
    note->addWidget(m_openNoteLink);
    column->addWidget(m_openNote);

    m_outcome->setObjectName(QStringLiteral("release.outcome"));
    auto* outcome = new QHBoxLayout(m_outcome);
    outcome->setContentsMargins(16, 8, 16, 8);
    outcome->setSpacing(10);
    outcome->addWidget(m_outcomeSign);
    m_outcomeText->setWordWrap(true);
    m_outcomeText->setObjectName(QStringLiteral("release.outcomeText"));
    outcome->addWidget(m_outcomeText, 1);
    m_verifyAgain->setObjectName(QStringLiteral("release.verify"));
    outcome->addWidget(m_verifyAgain);
    m_outcome->hide();
    column->addWidget(m_outcome);
    column->addWidget(m_destination);
    return left;
}

QWidget* ReleaseScreen::buildRight() {
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(style::sectionHead(m_outputHead));
    column->addWidget(m_output);
    QHBoxLayout* sheetHead = nullptr;
    column->addWidget(style::sectionHead(m_sheetHead, &sheetHead));
    m_edit->setObjectName(QStringLiteral("release.editSheet"));
    sheetHead->addWidget(m_edit);
    column->addWidget(m_sheetPanel);
    column->addWidget(style::sectionHead(m_fateHead));
    column->addWidget(m_fate);
    column->addWidget(style::sectionHead(m_orderHead));
    auto* order = new QVBoxLayout;
    order->setContentsMargins(12, 8, 12, 8);
    order->setSpacing(3);
    const std::array icons{"copy", "hash", "seal", "trash"};
    for (std::size_t at = 0; at < icons.size(); ++at) {
        auto* row = new QHBoxLayout;
        row->setSpacing(8);
        auto* number = style::label("small", QString::number(at + 1));
        number->setFixedWidth(14);
        auto* words = style::label("smalltext");
        words->setWordWrap(true);
        row->addWidget(number);
        row->addWidget(style::iconLabel(QLatin1String(icons[at])));
        row->addWidget(words, 1);
        order->addLayout(row);
        m_order.append(words);
    }
    m_orderNote->setWordWrap(true);
    order->addWidget(m_orderNote);
    column->addLayout(order);
    column->addStretch(1);
    return scrolled(inner);
}

void ReleaseScreen::connectAll() {
    auto& pulse = context().pulse();
    connect(&pulse, &shell::Pulse::updated, this, &ReleaseScreen::refresh);
    connect(&pulse, &shell::Pulse::gateUpdated, this, &ReleaseScreen::refresh);
    connect(&context().runner(), &tasks::TaskRunner::started, this, &ReleaseScreen::refresh);
    connect(&context().runner(), &tasks::TaskRunner::finished, this, &ReleaseScreen::refresh);
    connect(&context(), &shell::AppContext::sessionChanged, this, [this] {
        m_sheet = {};
        m_sheetRead = false;
        m_outcome->hide();
        readSheet();
    });
    connect(&context(), &shell::AppContext::changed, this, [this](const job::Change& change) {
        if (change.kind == job::Change::Kind::Sheet) {
            readSheet();
        }
    });
    connect(m_check, &QPushButton::clicked, this, [this] { context().pulse().checkGate(); });
    connect(m_papers, &QPushButton::clicked, this, [this] { openPapers(false); });
    connect(m_gate, &GateList::opened, this, &ReleaseScreen::openPoint);
    connect(m_edit, &QPushButton::clicked, this, &ReleaseScreen::editSheet);
    connect(m_fate, &FatePanel::changed, this,
            [this](bool keep, const QString& reason, const QString& until) {
                model::PurposeSheet sheet = m_sheet;
                sheet.keepDeletedInformation = keep;
                sheet.keepReason = keep ? reason.toStdString() : std::string();
                sheet.keepUntil = keep ? until.toStdString() : std::string();
                setSheet(sheet);
            });
    connect(m_openNoteLink, &QPushButton::clicked, this, [this] {
        shell::Route route{shell::ScreenId::Work};
        route.openOnly = true;
        route.filter = QStringLiteral("recommended");
        context().go(route);
    });
    connect(m_destination, &DestinationPanel::folderChanged, this,
            [this](const QString& folder) { m_output->showFolder(QFileInfo(folder).fileName()); });
    connect(m_destination, &DestinationPanel::released, this, &ReleaseScreen::release);
    connect(m_verifyAgain, &QPushButton::clicked, this, &ReleaseScreen::verify);
}

void ReleaseScreen::enter(const shell::Route& route) {
    if (const auto session = context().session()) {
        const QString folder = QFile::decodeName(QByteArray::fromStdString(session->folder().string()));
        m_destination->propose(folder + QStringLiteral("-release"));
    }
    context().pulse().checkGate();
    m_editOnceRead = route.filter == QLatin1String("sheet");
    m_papersOnceRead = route.filter == QLatin1String("kept");
    readSheet();
    refresh();
    if (!m_editOnceRead) {
        m_gate->setFocus(Qt::OtherFocusReason);
    }
}

void ReleaseScreen::readSheet() {
    const auto session = context().session();
    if (!session) {
        return;
    }
    struct Read {
        base::Expected<model::PurposeSheet> sheet;
        bool ended = false;
    };
    context().runner().look(
        this,
        [session] {
            const auto info = session->info();
            return Read{session->sheet(), info && info->released && info->keyDestroyed};
        },
        [this, session](Read read) {
            if (session != context().session()) {
                return;
            }
            m_ended = read.ended;
            auto& sheet = read.sheet;
            if (!sheet) {
                context().showError(sheet.error());
                return;
            }
            m_sheet = std::move(*sheet);
            m_sheetRead = true;
            refresh();
            if (std::exchange(m_editOnceRead, false)) {
                editSheet();
            }
            if (std::exchange(m_papersOnceRead, false)) {
                openPapers(true);
            }
        });
}

void ReleaseScreen::refresh() {
    const shell::Pulse& pulse = context().pulse();
    const auto& gate = pulse.gate();
    const auto session = context().session();
    const bool writable = session && session->writable();
    const bool open = gate && gate->empty();
    m_gate->show(gate);
    m_check->setEnabled(!pulse.gateBusy() && !context().runner().busy());
    m_sign->showSign(!gate ? style::Sign::Open : open ? style::Sign::Accepted : style::Sign::Blocked);
    m_title->setText(m_ended ? tr("Released")
                     : !gate ? (pulse.gateBusy() ? tr("Checking the conditions…") : tr("Release"))
                     : open  ? tr("Ready for release")
                             : tr("Release not possible"));
    m_note->setText(
        m_ended ? tr("The data set was released, and the deleted information is destroyed: nothing can be "
                     "processed or released from this workspace any more. The log stays.")
        : !gate ? QString()
        : open  ? tr("All %1 conditions are met.").arg(release::kConditions.size())
                : tr("%1 of %2 conditions are open. Once they are settled, the data can be released here.")
                     .arg(gate->size())
                     .arg(release::kConditions.size()));
    if (const auto& overview = pulse.overview()) {
        m_output->showCounts(overview->subjects, overview->assets);
        const std::int64_t recommended = overview->findings.openRecommended;
        m_openNote->setVisible(recommended > 0);
        m_openNoteText->setText(
            tr("%n recommended candidates are open. They do not prevent the release; the report names "
               "them as not done.",
               nullptr, static_cast<int>(recommended)));
    }
    m_sheetPanel->show(m_sheet);
    m_fate->show(m_sheet, writable && m_sheetRead);
    m_edit->setEnabled(writable && m_sheetRead);
    m_papers->setEnabled(open && m_sheetRead);
    m_destination->setReady(open && writable && !m_ended && !context().runner().busy());
}

void ReleaseScreen::editSheet() {
    if (!m_sheetRead || !context().session() || !context().session()->writable()) {
        return;
    }
    auto* dialog = new SheetDialog(m_sheet, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        // The part about deleted information may have changed beside the dialog.
        model::PurposeSheet sheet = dialog->sheet();
        sheet.keepDeletedInformation = m_sheet.keepDeletedInformation;
        sheet.keepReason = m_sheet.keepReason;
        sheet.keepUntil = m_sheet.keepUntil;
        setSheet(sheet);
    });
    dialog->open();
}

void ReleaseScreen::setSheet(const model::PurposeSheet& sheet) {
    if (sheet == m_sheet) {
        return;
    }
    if (context().push(decide::SetSheet{sheet}, tr("Change purpose and notice"))) {
        m_sheet = sheet;
    }
    refresh();
}

void ReleaseScreen::openPoint(release::Condition condition) {
    using C = release::Condition;
    shell::Route route{shell::ScreenId::Work};
    route.openOnly = true;
    switch (condition) {
    case C::RequiredDecided:
        route.filter = QStringLiteral("required");
        break;
    case C::ConditionalJudged:
        route.filter = QStringLiteral("conditional");
        break;
    case C::UnreadableDecided:
        route.filter = QStringLiteral("unreadable");
        break;
    case C::ResidualsClear:
        route.filter = QStringLiteral("residual");
        break;
    case C::SourcesUnchanged:
        route.filter = QStringLiteral("changed");
        break;
    case C::StagedCurrent:
        context().actions().action(QStringLiteral("app.stage"))->trigger();
        return;
    case C::Confirmed:
    case C::SecondPerson:
    case C::ConfirmationsSigned:
        route = {shell::ScreenId::Confirm};
        break;
    case C::NobodySingledOut:
        route = {shell::ScreenId::Risk};
        break;
    case C::SubjectsSettled:
        route = {shell::ScreenId::People};
        break;
    case C::AuditVerifies:
        route = {shell::ScreenId::Audit};
        break;
    case C::SheetComplete:
        editSheet();
        return;
    }
    if (const auto& gate = context().pulse().gate()) {
        for (const release::GatePoint& point : *gate) {
            if (point.condition == condition && !point.assets.empty()) {
                route.asset = point.assets.front();
            }
        }
    }
    context().go(route);
}

void ReleaseScreen::release(const QString& folder) {
    if (!m_sheet.keepDeletedInformation) {
        confirmDestruction(folder);
        return;
    }
    const auto file = job::sealedFile(*context().session());
    auto* dialog = new PassphraseDialog(QFile::decodeName(QByteArray::fromStdString(file.string())), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, folder] { start(folder, dialog->passphrase()); });
    dialog->open();
}

void ReleaseScreen::confirmDestruction(const QString& folder) {
    auto* box = new QMessageBox(QMessageBox::Question, tr("Release"),
                                tr("Release the confirmed files and destroy the deleted information?"),
                                QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("destroyDialog"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr(
        "After the files are written and read back, the correspondence table, the key, the date shifts and "
        "the original values in this workspace are erased (3.8). There is no way back."));
    auto* release = box->addButton(tr("Release and destroy"), QMessageBox::AcceptRole);
    release->setObjectName(QStringLiteral("destroy.ok"));
    box->button(QMessageBox::Cancel)->setText(tr("Cancel"));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(release, &QAbstractButton::clicked, this, [this, folder] { start(folder, std::nullopt); });
    box->open();
}

void ReleaseScreen::start(const QString& folder, std::optional<base::Redacted> passphrase) {
    job::ReleaseSpec spec;
    spec.out = toPath(folder);
    spec.by = context().reviewer().toStdString();
    spec.passphrase = std::move(passphrase);
    m_outcome->hide();
    context().runner().start(
        job::releaseJob(context().session(), std::move(spec)),
        [this, folder](const base::Expected<job::Report>& report) {
            context().pulse().checkGate();
            readSheet();
            if (!report) {
                context().showError(report.error());
                return;
            }
            if (!report->cancelled) {
                m_releasedTo = folder;
                showOutcome(tr("Released: %1 files, read back and equal to what was confirmed. The deleted "
                               "information is destroyed in this workspace.")
                                .arg(text::number(report->done + report->unchanged)),
                            true);
            }
        });
}

void ReleaseScreen::verify() {
    context().runner().start(
        std::make_unique<VerifyJob>(toPath(m_releasedTo)), [this](const base::Expected<job::Report>& report) {
            if (!report) {
                context().showError(report.error());
            } else if (!report->cancelled) {
                showOutcome(
                    report->problems == 0
                        ? tr("Verified: %1 files are as they were released.").arg(text::number(report->done))
                        : tr("%1 of %2 files differ from the manifest.")
                              .arg(text::number(report->problems), text::number(report->done)),
                    report->problems == 0);
            }
        });
}

void ReleaseScreen::showOutcome(const QString& words, bool good) {
    m_outcomeText->setText(words);
    m_outcomeSign->showSign(good ? style::Sign::Accepted : style::Sign::Blocked);
    style::setProperty(m_outcomeText, "role", good ? "okstrong" : "badstrong");
    m_outcome->show();
}

void ReleaseScreen::retranslate() {
    m_check->setText(tr("Check again"));
    m_papers->setText(tr("Legal basis and papers…"));
    m_gateHead->setText(tr("Conditions of release"));
    m_keysMove->setText(tr("move"));
    m_keysOpen->setText(tr("open", "key hint"));
    m_openNoteLink->setText(tr("Show"));
    m_verifyAgain->setText(tr("Verify the release"));
    m_outputHead->setText(tr("What is written"));
    m_sheetHead->setText(tr("Purpose and public notice (4.9, 3.7.1)"));
    m_edit->setText(tr("Edit"));
    m_edit->setAccessibleName(tr("Edit purpose and public notice"));
    m_fateHead->setText(tr("Deleted information (3.8)"));
    m_orderHead->setText(tr("Order of release"));
    const std::array order{tr("Copy the confirmed files, byte for byte"),
                           tr("Read them back and compare the SHA-256 of each"),
                           tr("Write manifest, report, terms and notice; the folder then appears as a whole"),
                           tr("Destroy the deleted information, or record why it is kept")};
    for (qsizetype at = 0; at < m_order.size(); ++at) {
        m_order[at]->setText(order[static_cast<std::size_t>(at)]);
    }
    m_orderNote->setText(tr("When it is cancelled or fails on the way, nothing stays at the destination."));
    refresh();
}

void ReleaseScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens
