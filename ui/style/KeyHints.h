#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace kamei::ui::style {

/// The dark bar below the viewer that names the keys of the moment; leaves out at the right what does not
/// fit.
class KeyHints : public QWidget {
    Q_OBJECT

public:
    explicit KeyHints(QWidget* parent = nullptr);
    /// Pairs of key and what it does; `note` stands at the right.
    void setHints(const QList<std::pair<QString, QString>>& hints, const QString& note);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<std::pair<QString, QString>> m_hints;
    QString m_note;
};

} // namespace kamei::ui::style
