#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

struct Message {
    QString context, source;
    QStringList translations;
    QString type;
    bool numerus = false;
};

QList<Message> read(const QString& path) {
    QList<Message> messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return messages;
    }
    QXmlStreamReader xml(&file);
    QString context;
    Message message;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement()) {
            if (xml.isEndElement() && xml.name() == QLatin1String("message")) {
                messages.append(message);
            }
            continue;
        }
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("message")) {
            message = {};
            message.context = context;
            message.numerus = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
        } else if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.type = xml.attributes().value(QLatin1String("type")).toString();
            if (!message.numerus) {
                message.translations.append(xml.readElementText());
            }
        } else if (xml.name() == QLatin1String("numerusform")) {
            message.translations.append(xml.readElementText());
        }
    }
    return messages;
}

/// %1..%9, %n and tags, sorted: what a translation must keep.
QStringList placeholders(const QString& text) {
    static const QRegularExpression kPlace(QStringLiteral("%[0-9n]|</?b>"));
    QStringList found;
    for (auto it = kPlace.globalMatch(text); it.hasNext();) {
        found.append(it.next().captured());
    }
    found.sort();
    return found;
}

} // namespace

/// translations/kamei_ja.ts is complete and fits the sources.
class TestTranslations : public QObject {
    Q_OBJECT

private slots:
    void everyStringIsTranslated() {
        QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("kamei_ja.ts"));
        QVERIFY(QFile::copy(QStringLiteral(KAMEI_TREE "/translations/kamei_ja.ts"), copy));
        QProcess lupdate;
        lupdate.start(QStringLiteral(KAMEI_LUPDATE),
                      {QStringLiteral("-silent"), QStringLiteral("-locations"), QStringLiteral("none"),
                       QStringLiteral(KAMEI_TREE "/ui"), QStringLiteral(KAMEI_TREE "/app/gui"),
                       QStringLiteral("-ts"), copy});
        QVERIFY(lupdate.waitForFinished(60000));
        QCOMPARE(lupdate.exitCode(), 0);
        QStringList open;
        int finished = 0;
        for (const Message& message : read(copy)) {
            if (message.type == QLatin1String("unfinished")) {
                open.append(message.context + QLatin1String(": ") + message.source);
            } else if (message.type.isEmpty()) {
                ++finished;
            }
        }
        QVERIFY2(open.isEmpty(), qPrintable(open.join(QLatin1Char('\n'))));
        QVERIFY(finished > 500);
    }

    void placeholdersAreKept() {
        for (const QString& language : {QStringLiteral("ja"), QStringLiteral("en")}) {
            for (const Message& message :
                 read(QStringLiteral(KAMEI_TREE "/translations/kamei_%1.ts").arg(language))) {
                QVERIFY2(!message.translations.isEmpty(), qPrintable(message.source));
                for (const QString& translation : message.translations) {
                    QVERIFY2(!translation.isEmpty(), qPrintable(message.source));
                    QVERIFY2(placeholders(translation) == placeholders(message.source),
                             qPrintable(message.source + QLatin1String(" / ") + translation));
                }
            }
        }
    }
};

QTEST_MAIN(TestTranslations)
#include "TestTranslations.moc"
