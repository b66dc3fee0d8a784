#include "ui/screens/work/AssetPage.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

#include "ui/screens/work/AssetNotice.h"
#include "ui/style/KeyHints.h"
#include "ui/screens/work/TextPage.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/views/attributes/AttributeView.h"
#include "ui/views/image/ImageView.h"
#include "ui/views/table/TableView.h"

namespace kamei::ui::screens::work {

using model::AssetKind;

bool AssetPage::isDicom() const {
    return model::isDicom(m_row.asset.kind);
}

bool AssetPage::hasPictures() const {
    const AssetKind kind = m_row.asset.kind;
    return m_row.asset.frames > 0 &&
           (kind == AssetKind::DicomSeries || kind == AssetKind::Image || kind == AssetKind::DicomDocument ||
            kind == AssetKind::Pdf || kind == AssetKind::Video || kind == AssetKind::DicomVideo || kind == AssetKind::Slide ||
            kind == AssetKind::Volume);
}

void AssetPage::open(const job::AssetRow& row, std::vector<model::Finding> findings, const QString& subject) {
    const AssetKind before = m_row.asset.kind;
    const Viewer viewer = m_viewer;
    m_row = row;
    m_subject = subject;
    m_findings = std::move(findings);
    m_current = {};
    m_attributesLoaded = false;
    ++m_generation;
    ++m_tableGeneration;
    ++m_attributeGeneration;
    m_instance->setRange(1, static_cast<int>(std::clamp<std::int64_t>(row.asset.sources, 1, 1'000'000)));
    m_instance->setValue(1);
    m_notice->setAsset(row.asset.id);
    m_text->clear();
    m_table->clear();
    m_attributes->clear();
    // Going through several series, the choice between picture and attributes stays.
    if (viewer == Viewer::Attributes && before == row.asset.kind) {
        showViewer(Viewer::Attributes);
    } else {
        chooseViewer();
    }
    showHead();
}

void AssetPage::chooseViewer() {
    const AssetKind kind = m_row.asset.kind;
    const bool asText = kind == AssetKind::Text || kind == AssetKind::Document || kind == AssetKind::Signal ||
                        kind == AssetKind::Genome;
    if (asText) {
        showViewer(Viewer::Text);
        m_text->open(m_row.asset, m_findings);
    } else if (kind == AssetKind::Table) {
        showViewer(Viewer::Table);
        loadTable(false);
    } else if (hasPictures()) {
        const bool inPixels =
            std::any_of(m_findings.begin(), m_findings.end(), [](const model::Finding& finding) {
                return finding.locator.kind == model::Locator::Kind::Pixels;
            });
        // A series without anything burned in is decided by its attributes.
        showViewer(isDicom() && !inPixels ? Viewer::Attributes : Viewer::Image);
    } else if (isDicom()) {
        showViewer(Viewer::Attributes);
    } else {
        showViewer(Viewer::Message);
    }
}

void AssetPage::showViewer(Viewer viewer) {
    m_viewer = viewer;
    switch (viewer) {
    case Viewer::Text:
        m_stack->setCurrentWidget(m_text);
        break;
    case Viewer::Table:
        m_stack->setCurrentWidget(m_table);
        break;
    case Viewer::Image:
        m_stack->setCurrentWidget(m_image);
        m_image->show(m_row.asset.id);
        break;
    case Viewer::Attributes:
        m_stack->setCurrentWidget(m_attributes);
        if (!m_attributesLoaded) {
            loadAttributes(false);
        }
        break;
    case Viewer::Message:
    case Viewer::Nothing:
        m_stack->setCurrentWidget(m_message);
        break;
    }
    if (viewer == Viewer::Message) {
        const bool unreadable = m_row.asset.kind == AssetKind::Unreadable || m_row.asset.problem.has_value();
        m_messageTitle->setText(unreadable ? tr("This file could not be read")
                                           : tr("This kind is not shown here"));
        m_messageText->setText(
            m_row.asset.problem
                ? text::reason(*m_row.asset.problem)
                : tr("It cannot be processed yet and is held back from release. Exclude it, or "
                     "release the others without it."));
    } else if (viewer == Viewer::Nothing) {
        m_messageTitle->setText(tr("Nothing selected"));
        m_messageText->setText(
            tr("Choose an asset at the left. J goes to the next finding, also over the end of "
               "an asset."));
    }
    m_pictures->setCurrent(viewer == Viewer::Attributes ? 1 : 0);
    showHead();
    if (m_current.valid()) {
        passCurrent();
    }
}

void AssetPage::update(const job::AssetRow& row, std::vector<model::Finding> findings) {
    m_row = row;
    m_findings = std::move(findings);
    switch (m_viewer) {
    case Viewer::Text:
        m_text->update(m_findings);
        break;
    case Viewer::Table:
        loadTable(true);
        break;
    case Viewer::Attributes:
        loadAttributes(true);
        break;
    default:
        m_attributesLoaded = false;
        break;
    }
    showHead();
}

void AssetPage::clear() {
    m_row = {};
    m_notice->setAsset({});
    m_findings.clear();
    ++m_generation;
    ++m_tableGeneration;
    ++m_attributeGeneration;
    m_text->clear();
    m_table->clear();
    m_attributes->clear();
    showViewer(Viewer::Nothing);
}

void AssetPage::loadTable(bool keepPlace) {
    struct Loaded {
        std::shared_ptr<const models::TableData> table;
        std::optional<base::Error> error;
    };
    const bool after = m_tableSides->current() == 1;
    // The source never changes: after a decision only the marks do.
    const auto known = keepPlace && !after ? m_table->model().table() : nullptr;
    if (known) {
        m_table->setTable(known, m_findings, true);
        m_table->setCurrent(m_current);
        return;
    }
    m_context.runner().look(
        this,
        [session = m_context.session(), asset = m_row.asset.id, after] {
            Loaded loaded;
            auto text = job::textOf(*session, asset, after ? job::Side::After : job::Side::Before);
            if (text) {
                loaded.table =
                    models::TableData::make(std::make_shared<const job::ShownText>(std::move(*text)));
            } else {
                loaded.error = text.error();
            }
            return loaded;
        },
        [this, generation = ++m_tableGeneration, after, keepPlace](Loaded loaded) {
            if (generation != m_tableGeneration) {
                return;
            }
            if (loaded.error) {
                fail(*loaded.error);
                return;
            }
            m_table->setTable(loaded.table, after ? std::vector<model::Finding>{} : m_findings, keepPlace);
            m_table->setCurrent(m_current);
            emit placesKnown();
        });
}

void AssetPage::loadAttributes(bool keepPlace) {
    m_attributesLoaded = true;
    m_context.runner().look(
        this,
        [session = m_context.session(), asset = m_row.asset.id, index = m_instance->value() - 1] {
            return job::attributes(*session, asset, index);
        },
        [this, generation = ++m_attributeGeneration,
         keepPlace](base::Expected<std::vector<job::AttributeLine>> lines) {
            if (generation != m_attributeGeneration) {
                return;
            }
            if (!lines) {
                fail(lines.error());
                return;
            }
            m_attributes->setLines(std::move(*lines), m_findings, &m_context.session()->rules(), keepPlace);
            m_attributes->setCurrent(m_current);
        });
}

void AssetPage::fail(const base::Error& error) {
    m_stack->setCurrentWidget(m_message);
    m_messageTitle->setText(tr("This asset cannot be shown"));
    m_messageText->setText(text::reason(error));
}

void AssetPage::setCurrent(base::FindingId finding) {
    m_current = finding;
    const auto row = std::find_if(m_findings.begin(), m_findings.end(),
                                  [finding](const model::Finding& one) { return one.id == finding; });
    if (row != m_findings.end() && isDicom() && hasPictures() &&
        (m_viewer == Viewer::Image || m_viewer == Viewer::Attributes)) {
        // A finding is shown where it lies.
        const auto kind = row->locator.kind;
        if (kind == model::Locator::Kind::Pixels && m_viewer == Viewer::Attributes) {
            showViewer(Viewer::Image);
            return;
        }
        if (kind == model::Locator::Kind::Attribute && m_viewer == Viewer::Image) {
            showViewer(Viewer::Attributes);
            return;
        }
    }
    passCurrent();
}

void AssetPage::passCurrent() {
    switch (m_viewer) {
    case Viewer::Text:
        m_text->setCurrent(m_current);
        break;
    case Viewer::Table:
        m_table->setCurrent(m_current);
        break;
    case Viewer::Attributes:
        m_attributes->setCurrent(m_current);
        break;
    case Viewer::Image:
        m_image->selectFinding(m_current);
        break;
    default:
        break;
    }
}

void AssetPage::toggleSide() {
    const auto flip = [](style::Segments* sides) {
        sides->setCurrent(sides->current() == 1 ? 0 : 1);
        emit sides->chosen(sides->current());
    };
    switch (m_viewer) {
    case Viewer::Text:
        flip(m_textSides);
        break;
    case Viewer::Table:
        flip(m_tableSides);
        break;
    case Viewer::Image:
        flip(m_imageSides);
        break;
    default:
        break;
    }
}

void AssetPage::nextChange() {
    if (m_viewer == Viewer::Attributes) {
        m_attributes->nextChange();
    }
}

void AssetPage::find() {
    if (m_viewer == Viewer::Text) {
        m_text->find();
    } else if (m_viewer == Viewer::Attributes) {
        m_attributes->focusSearch();
    }
}

void AssetPage::focusViewer() {
    if (QWidget* viewer = m_stack->currentWidget()) {
        viewer->setFocus(Qt::OtherFocusReason);
    }
}

QString AssetPage::placeOf(const model::Finding& finding) const {
    using Kind = model::Locator::Kind;
    switch (finding.locator.kind) {
    case Kind::Text:
        return m_text->placeOf(finding);
    case Kind::Cell:
        return m_table->model().table() ? tr("%1, row %2")
                                              .arg(m_table->model().table()->title(finding.locator.column),
                                                   text::number(finding.locator.row + 1))
                                        : QString();
    case Kind::Column:
        return m_table->model().table() ? m_table->model().table()->title(finding.locator.column) : QString();
    case Kind::Attribute:
        return text::fromUtf8(finding.locator.path);
    case Kind::Pixels:
        return finding.locator.frames.all()
                   ? tr("all images")
                   : tr("images %1–%2").arg(finding.locator.frames.first).arg(finding.locator.frames.last);
    case Kind::Metadata:
        return text::fromUtf8(finding.locator.path);
    case Kind::FileName:
        return tr("file name");
    case Kind::Asset:
        break;
    }
    return {};
}

void AssetPage::markAttribute(const job::AttributeLine& line) {
    Marked marked;
    marked.draft.asset = m_row.asset.id;
    marked.draft.subject = m_row.asset.subject;
    marked.draft.text = line.before;
    marked.draft.label = line.keyword.empty() ? line.tag : line.keyword;
    marked.draft.locator.kind = model::Locator::Kind::Attribute;
    marked.draft.locator.path = line.path;
    marked.draft.instances = m_row.asset.sources;
    marked.globalAt = QRect(QCursor::pos(), QSize(1, 1));
    emit this->marked(marked);
}

void AssetPage::markColumn(int column, model::Category category) {
    model::Finding finding;
    finding.asset = m_row.asset.id;
    finding.subject = m_row.asset.subject;
    finding.locator.kind = model::Locator::Kind::Column;
    finding.locator.column = column;
    finding.text = m_table->model().table()->text(0, column).toStdString();
    finding.label = m_table->model().table()->title(column).toStdString();
    finding.category = category;
    Marked marked;
    marked.draft = finding;
    emit this->marked(marked);
}

void AssetPage::openMore() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("assetMenuList"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_viewer == Viewer::Table) {
        QAction* record = menu->addAction(tr("Delete the record of the current row"), this, &AssetPage::deleteRecord);
        record->setEnabled(m_table->table().currentIndex().isValid());
        menu->addAction(tr("Add artificial records…"), this, &AssetPage::askSyntheticRows);
        menu->addSeparator();
    }
    const bool excluded = m_row.asset.state == model::AssetState::Excluded;
    menu->addAction(excluded ? tr("Take back into the release") : tr("Exclude from the release…"), this,
                    [this, excluded] { emit excludeWanted(!excluded); });
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void AssetPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::work
