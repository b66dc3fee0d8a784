#pragma once

#include <QAbstractButton>
#include <QImage>
#include <QList>
#include <QPointer>
#include <QWidget>

#include "ui/views/surface/Camera.h"
#include "ui/views/surface/SurfaceModel.h"

class QGridLayout;

namespace kamei::ui::views::surface {

/// One standard view, small; a button that turns the big view there.
class ViewTile : public QAbstractButton {
    Q_OBJECT

public:
    ViewTile(StandardView view, bool after, QWidget* parent);
    void setModel(SurfaceModel* model, const Stance& stance);
    void setCaption(const QString& caption);
    [[nodiscard]] StandardView view() const { return m_view; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] const QImage& picture() const { return m_image; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void redraw();

    StandardView m_view;
    bool m_after;
    QPointer<SurfaceModel> m_model;
    Stance m_stance;
    QString m_caption;
    QImage m_image;
};

/// The standard views of a face, before in the upper row and after in the lower.
class ViewStrip : public QWidget {
    Q_OBJECT

public:
    explicit ViewStrip(QWidget* parent = nullptr);
    /// `after` null: one row.
    void setModels(SurfaceModel* before, SurfaceModel* after, const Stance& stance);
    void setCurrent(const Camera& camera);

signals:
    void chosen(const kamei::ui::views::surface::Camera& camera);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QList<ViewTile*> m_before;
    QList<ViewTile*> m_after;
};

/// Name of a standard view in the reader's language.
[[nodiscard]] QString viewName(StandardView view);

} // namespace kamei::ui::views::surface
