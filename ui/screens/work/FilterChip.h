#pragma once

#include <QPushButton>

namespace kamei::ui::screens::work {

/// A filter button with its count in bold; when there is little room the word is cut, never the count.
class FilterChip : public QPushButton {
    Q_OBJECT

public:
    explicit FilterChip(QWidget* parent = nullptr);
    void setContent(const QString& word, qint64 count);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_word;
    QString m_count;
};

} // namespace kamei::ui::screens::work
