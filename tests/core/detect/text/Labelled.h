#pragma once

#include <QString>

#include "core/detect/text/TextDetector.h"

namespace kamei::detect::text {

/// The text of a span, whose ends count code points.
inline QString slice(const QString& text, const Span& span) {
    const QList<uint> points = text.toUcs4();
    return QString::fromUcs4(reinterpret_cast<const char32_t*>(points.constData()) + span.start,
                             static_cast<qsizetype>(span.end - span.start));
}

/// "PATIENT_NAME=山田" for each span, with semicolons between.
inline QString labelled(const QString& text, const std::vector<Span>& spans) {
    QStringList out;
    for (const Span& span : spans) {
        out << QString::fromStdString(std::string(labelWord(span.label))) + "=" + slice(text, span);
    }
    return out.join(';');
}

} // namespace kamei::detect::text
