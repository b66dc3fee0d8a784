<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>AddPopup</name>
        <message numerus="yes">
            <source>All %n places in this text</source>
            <translation>
                <numerusform>%n place in this text</numerusform>
                <numerusform>All %n places in this text</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AssetNotice</name>
        <message numerus="yes">
            <source>%n identifier(s) left after processing</source>
            <translation>
                <numerusform>%n identifier left after processing</numerusform>
                <numerusform>%n identifiers left after processing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n others</source>
            <translation>
                <numerusform>and %n other</numerusform>
                <numerusform>and %n others</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AssetPage</name>
        <message numerus="yes">
            <source>%n images</source>
            <translation>
                <numerusform>%n image</numerusform>
                <numerusform>%n images</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AssignBox</name>
        <message numerus="yes">
            <source>Assign %n items</source>
            <translation>
                <numerusform>Assign %n item</numerusform>
                <numerusform>Assign %n items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Assign %n items to a new person</source>
            <translation>
                <numerusform>Assign %n item to a new person</numerusform>
                <numerusform>Assign %n items to a new person</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Nobody knows whose these %n items are</source>
            <translation>
                <numerusform>Nobody knows whose this %n item is</numerusform>
                <numerusform>Nobody knows whose these %n items are</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Assign %n items to %1</source>
            <translation>
                <numerusform>Assign %n item to %1</numerusform>
                <numerusform>Assign %n items to %1</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ConfirmPanel</name>
        <message numerus="yes">
            <source>%1, stays as it is (%n place(s)): %2</source>
            <translation>
                <numerusform>%1, stays as it is (%n place): %2</numerusform>
                <numerusform>%1, stays as it is (%n places): %2</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n more, see the decisions</source>
            <translation>
                <numerusform>and %n more, see the decisions</numerusform>
                <numerusform>and %n more, see the decisions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n place(s)</source>
            <translation>
                <numerusform>%n place</numerusform>
                <numerusform>%n places</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n found</numerusform>
                <numerusform>%n found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ConfirmScreen</name>
        <message numerus="yes">
            <source>%n more picture(s) to be shown before you can confirm.</source>
            <translation>
                <numerusform>%n more picture to be shown before you can confirm.</numerusform>
                <numerusform>%n more pictures to be shown before you can confirm.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s)</source>
            <translation>
                <numerusform>%n picture</numerusform>
                <numerusform>%n pictures</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailPanel</name>
        <message numerus="yes">
            <source>%n mask(s) are drawn. Accept when they cover everything that tells who it is.</source>
            <translation>
                <numerusform>%n mask is drawn. Accept when it covers everything that tells who it is.</numerusform>
                <numerusform>%n masks are drawn. Accept when they cover everything that tells who it is.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n mask(s) are proposed. Accept those that are right, draw what they miss, then accept this; or reject with a reason.</source>
            <translation>
                <numerusform>%n mask is proposed. Accept it if it is right, draw what it misses, then accept this; or reject with a reason.</numerusform>
                <numerusform>%n masks are proposed. Accept those that are right, draw what they miss, then accept this; or reject with a reason.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Face</name>
        <message numerus="yes">
            <source>%n pictures</source>
            <translation>
                <numerusform>%n picture</numerusform>
                <numerusform>%n pictures</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FacePanel</name>
        <message numerus="yes">
            <source>Highest of %n views; a face from %1 on.</source>
            <translation>
                <numerusform>Of %n view; a face from %1 on.</numerusform>
                <numerusform>Highest of %n views; a face from %1 on.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Checked after processing: a face is still seen in %n views</source>
            <translation>
                <numerusform>Checked after processing: a face is still seen in %n view</numerusform>
                <numerusform>Checked after processing: a face is still seen in %n views</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Gate</name>
        <message numerus="yes">
            <source>%n people</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n fields</source>
            <translation>
                <numerusform>%n field</numerusform>
                <numerusform>%n fields</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n data</source>
            <translation>
                <numerusform>%n data set</numerusform>
                <numerusform>%n data sets</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n files</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n candidates</source>
            <translation>
                <numerusform>%n candidate</numerusform>
                <numerusform>%n candidates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n doubts</source>
            <translation>
                <numerusform>%n doubt</numerusform>
                <numerusform>%n doubts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImageView</name>
        <message numerus="yes">
            <source>Copy a mask to %n of the same device</source>
            <translation>
                <numerusform>Copy a mask to %n of the same device</numerusform>
                <numerusform>Copy a mask to %n of the same device</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MaskBar</name>
        <message numerus="yes">
            <source>Apply to all %n of the same device and size</source>
            <translation>
                <numerusform>Apply to %n of the same device and size</numerusform>
                <numerusform>Apply to all %n of the same device and size</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NobodyDetail</name>
        <message numerus="yes">
            <source>%n items chosen</source>
            <translation>
                <numerusform>%n item chosen</numerusform>
                <numerusform>%n items chosen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>OverviewStrip</name>
        <message numerus="yes">
            <source>Series overview: all %n pictures in one</source>
            <translation>
                <numerusform>Series overview: %n picture in one</numerusform>
                <numerusform>Series overview: all %n pictures in one</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>all %n pictures in one; characters that do not move are black in “variation”</source>
            <translation>
                <numerusform>%n picture in one; characters that do not move are black in “variation”</numerusform>
                <numerusform>all %n pictures in one; characters that do not move are black in “variation”</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PassphraseDialog</name>
        <message numerus="yes">
            <source>at least %n character(s)</source>
            <translation>
                <numerusform>at least %n character</numerusform>
                <numerusform>at least %n characters</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PersonDetail</name>
        <message numerus="yes">
            <source>Merge %n people</source>
            <translation>
                <numerusform>Merge %n person</numerusform>
                <numerusform>Merge %n people</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PersonPanel</name>
        <message numerus="yes">
            <source>one of %n people</source>
            <translation>
                <numerusform>one of %n person</numerusform>
                <numerusform>one of %n people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %n further places</source>
            <translation>
                <numerusform>and %n further place</numerusform>
                <numerusform>and %n further places</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message numerus="yes">
            <source>and %n others</source>
            <translation>
                <numerusform>and %n other</numerusform>
                <numerusform>and %n others</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1, taken for %n image set(s)</source>
            <translation>
                <numerusform>%1, taken for %n image set</numerusform>
                <numerusform>%1, taken for %n image sets</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PrivatePage</name>
        <message numerus="yes">
            <source>%n elements</source>
            <translation>
                <numerusform>%n element</numerusform>
                <numerusform>%n elements</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReleaseScreen</name>
        <message numerus="yes">
            <source>%n recommended candidates are open. They do not prevent the release; the report names them as not done.</source>
            <translation>
                <numerusform>%n recommended candidate is open. It does not prevent the release; the report names it as not done.</numerusform>
                <numerusform>%n recommended candidates are open. They do not prevent the release; the report names them as not done.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RiskModel</name>
        <message numerus="yes">
            <source>%n people</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RiskScreen</name>
        <message numerus="yes">
            <source>%n values</source>
            <translation>
                <numerusform>%n value</numerusform>
                <numerusform>%n values</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n records deleted</source>
            <translation>
                <numerusform>%n record deleted</numerusform>
                <numerusform>%n records deleted</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SamplePanel</name>
        <message numerus="yes">
            <source>%n data sent back: to be decided, processed and confirmed again.</source>
            <translation>
                <numerusform>%n data sent back: to be decided, processed and confirmed again.</numerusform>
                <numerusform>%n data sent back: to be decided, processed and confirmed again.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n data drawn</source>
            <translation>
                <numerusform>%n data drawn</numerusform>
                <numerusform>%n data drawn</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ScopeBox</name>
        <message numerus="yes">
            <source>Apply to all %n occurrences of this subject</source>
            <translation>
                <numerusform>Apply to %n occurrence of this subject</numerusform>
                <numerusform>Apply to all %n occurrences of this subject</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n of this rule in this asset</source>
            <translation>
                <numerusform>Apply to %n of this rule in this asset</numerusform>
                <numerusform>Apply to all %n of this rule in this asset</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n of this rule in this subject</source>
            <translation>
                <numerusform>Apply to %n of this rule in this subject</numerusform>
                <numerusform>Apply to all %n of this rule in this subject</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n of this rule everywhere</source>
            <translation>
                <numerusform>Apply to %n of this rule everywhere</numerusform>
                <numerusform>Apply to all %n of this rule everywhere</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Apply to all %n occurrences everywhere</source>
            <translation>
                <numerusform>Apply to %n occurrence everywhere</numerusform>
                <numerusform>Apply to all %n occurrences everywhere</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SheetDialog</name>
        <message numerus="yes">
            <source>%n fields are empty.</source>
            <translation>
                <numerusform>%n field is empty.</numerusform>
                <numerusform>%n fields are empty.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SignInDialog</name>
        <message numerus="yes">
            <source>The passphrase needs at least %n character(s).</source>
            <translation>
                <numerusform>The passphrase needs at least %n character.</numerusform>
                <numerusform>The passphrase needs at least %n characters.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SoundItem</name>
        <message numerus="yes">
            <source>%n range(s) marked, not decided yet</source>
            <translation>
                <numerusform>%n range marked, not decided yet</numerusform>
                <numerusform>%n ranges marked, not decided yet</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>kept, silent in %n range(s)</source>
            <translation>
                <numerusform>kept, silent in %n range</numerusform>
                <numerusform>kept, silent in %n ranges</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StatusStrip</name>
        <message numerus="yes">
            <source>%n unreadable</source>
            <translation>
                <numerusform>%n unreadable</numerusform>
                <numerusform>%n unreadable</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TableModel</name>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n open</numerusform>
                <numerusform>%n open</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Tasks</name>
        <message numerus="yes">
            <source>Decide on %n required candidates</source>
            <translation>
                <numerusform>Decide on %n required candidate</numerusform>
                <numerusform>Decide on %n required candidates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Settle what becomes of %n unreadable data</source>
            <translation>
                <numerusform>Settle what becomes of %n unreadable data</numerusform>
                <numerusform>Settle what becomes of %n unreadable data</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Correct %n data that were sent back</source>
            <translation>
                <numerusform>Correct %n data set that was sent back</numerusform>
                <numerusform>Correct %n data sets that were sent back</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Remove identifiers left in %n processed files</source>
            <translation>
                <numerusform>Remove identifiers left in %n processed file</numerusform>
                <numerusform>Remove identifiers left in %n processed files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Look at %n people who are singled out</source>
            <translation>
                <numerusform>Look at %n person who is singled out</numerusform>
                <numerusform>Look at %n people who are singled out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Judge %n conditional candidates</source>
            <translation>
                <numerusform>Judge %n conditional candidate</numerusform>
                <numerusform>Judge %n conditional candidates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Process %n data with the present decisions</source>
            <translation>
                <numerusform>Process %n data set with the present decisions</numerusform>
                <numerusform>Process %n data sets with the present decisions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Confirm by eye (%n left)</source>
            <translation>
                <numerusform>Confirm by eye (%n left)</numerusform>
                <numerusform>Confirm by eye (%n left)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Fill in purpose and notice (%n fields)</source>
            <translation>
                <numerusform>Fill in purpose and notice (%n field)</numerusform>
                <numerusform>Fill in purpose and notice (%n fields)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Decide on %n recommended candidates</source>
            <translation>
                <numerusform>Decide on %n recommended candidate</numerusform>
                <numerusform>Decide on %n recommended candidates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Judge %n faces in CT and MR</source>
            <translation>
                <numerusform>Judge %n face in CT and MR</numerusform>
                <numerusform>Judge %n faces in CT and MR</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Timeline</name>
        <message numerus="yes">
            <source>Frame %1 of %2 %3, %n mask(s)</source>
            <translation>
                <numerusform>Frame %1 of %2 %3, %n mask</numerusform>
                <numerusform>Frame %1 of %2 %3, %n masks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n new scene(s)</source>
            <translation>
                <numerusform>%n new scene</numerusform>
                <numerusform>%n new scenes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Titles</name>
        <message numerus="yes">
            <source>PDF, %n pages</source>
            <translation>
                <numerusform>PDF, %n page</numerusform>
                <numerusform>PDF, %n pages</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TreePanel</name>
        <message numerus="yes">
            <source>%n images</source>
            <translation>
                <numerusform>%n image</numerusform>
                <numerusform>%n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n items</source>
            <translation>
                <numerusform>%n item</numerusform>
                <numerusform>%n items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n required open</source>
            <translation>
                <numerusform>%n required open</numerusform>
                <numerusform>%n required open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n recommended open</source>
            <translation>
                <numerusform>%n recommended open</numerusform>
                <numerusform>%n recommended open</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>WorkScreen</name>
        <message numerus="yes">
            <source>Accept %n finding(s)</source>
            <translation>
                <numerusform>Accept %n finding</numerusform>
                <numerusform>Accept %n findings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Reject %n finding(s)</source>
            <translation>
                <numerusform>Reject %n finding</numerusform>
                <numerusform>Reject %n findings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n left open: they need a reason</source>
            <translation>
                <numerusform>%n left open: it needs a reason</numerusform>
                <numerusform>%n left open: they need a reason</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change %n finding(s)</source>
            <translation>
                <numerusform>Change %n finding</numerusform>
                <numerusform>Change %n findings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add %n finding(s)</source>
            <translation>
                <numerusform>Add %n finding</numerusform>
                <numerusform>Add %n findings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Covered by %n drawn mask(s)</source>
            <translation>
                <numerusform>Covered by %n drawn mask</numerusform>
                <numerusform>Covered by %n drawn masks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n left open: they hide nearly the whole picture</source>
            <translation>
                <numerusform>%n left open: it hides nearly the whole picture</numerusform>
                <numerusform>%n left open: they hide nearly the whole picture</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Workspaces</name>
        <message numerus="yes">
            <source>Candidates looked for in %n data.</source>
            <translation>
                <numerusform>Candidates looked for in %n data set.</numerusform>
                <numerusform>Candidates looked for in %n data sets.</numerusform>
            </translation>
        </message>
    </context>
</TS>
