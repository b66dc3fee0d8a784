"""Small DICOM objects of kinds that the samples lack, each with texts, dates, references and names where that kind has
them: SR, KO, PR, SEG, RTSTRUCT, enhanced MR, waveform, XA with curve, DX with icon, CT with broken order.

All belong to one study, so that references between them can be followed.
"""
import os

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

ROOT = "1.2.826.0.1.3680043.8.498.31000"
STUDY, FRAME = f"{ROOT}.1", f"{ROOT}.9"
CT, MR, XA, DX = ("1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.5.1.4.1.1.12.1",
                  "1.2.840.10008.5.1.4.1.1.1.1")
SR, KO, PR = "1.2.840.10008.5.1.4.1.1.88.33", "1.2.840.10008.5.1.4.1.1.88.59", "1.2.840.10008.5.1.4.1.1.11.1"
SEG, RTSTRUCT, ECG = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.481.3",
                      "1.2.840.10008.5.1.4.1.1.9.1.1")


def item(**values):
    """A sequence item or data set with these attributes."""
    out = Dataset()
    for keyword, value in values.items():
        setattr(out, keyword, Sequence(value) if keyword.endswith("Sequence") else value)
    return out


def code(value, scheme, meaning):
    """A coded concept."""
    return item(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


def begin(number, sop_class, modality):
    """Patient, study, series and SOP modules."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.TransferSyntaxUID = sop_class, ExplicitVRLittleEndian
    meta.MediaStorageSOPInstanceUID = f"{ROOT}.{number}.1"
    meta.ImplementationClassUID = f"{ROOT}.8"
    ds = FileDataset(None, {}, preamble=b"\0" * 128, file_meta=meta)
    ds.is_little_endian, ds.is_implicit_VR = True, False
    for keyword, value in {
            "SpecificCharacterSet": "ISO_IR 192", "SOPClassUID": sop_class, "SOPInstanceUID": f"{ROOT}.{number}.1",
            "StudyDate": "20200102", "StudyTime": "101500", "SeriesDate": "20200102", "ContentDate": "20200102",
            "ContentTime": "101600.5", "AccessionNumber": "A1", "Modality": modality, "Manufacturer": "ProMED",
            "ManufacturerModelName": "X1", "DeviceSerialNumber": "SN-4711", "SoftwareVersions": "VA1",
            "ReferringPhysicianName": "", "PatientName": "TEST^PATIENT", "PatientID": "1", "PatientBirthDate": "19600102",
            "PatientSex": "F", "StudyInstanceUID": STUDY, "SeriesInstanceUID": f"{ROOT}.{number}", "StudyID": "1",
            "SeriesNumber": str(number), "InstanceNumber": "1"}.items():
        setattr(ds, keyword, value)
    return ds


def picture(ds, rows=16, columns=16, frames=1):
    """A grey ramp."""
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns, ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = rows, columns, 16, 12, 11, 0
    if frames > 1:
        ds.NumberOfFrames = str(frames)
    ds.add_new(0x7FE00010, "OW", np.arange(rows * columns * frames, dtype="<u2").tobytes())
    return ds


def reference(sop_class, number):
    """A reference to another object of the set."""
    return item(ReferencedSOPClassUID=sop_class, ReferencedSOPInstanceUID=f"{ROOT}.{number}.1")


def evidence(sop_class, number):
    """The study of a reference."""
    series = item(SeriesInstanceUID=f"{ROOT}.{number}", ReferencedSOPSequence=[reference(sop_class, number)])
    return [item(StudyInstanceUID=STUDY, ReferencedSeriesSequence=[series])]


def content(kind, concept, relation="CONTAINS", **values):
    """A content item of a structured report."""
    return item(RelationshipType=relation, ValueType=kind, ConceptNameCodeSequence=[concept], **values)


def make_ct():
    """An axial image with a curve, an overlay with text and an icon."""
    ds = picture(begin(10, CT, "CT"))
    ds.ImageType, ds.KVP, ds.FrameOfReferenceUID = ["ORIGINAL", "PRIMARY", "AXIAL"], "120", FRAME
    ds.PixelSpacing, ds.ImagePositionPatient = ["1", "1"], ["0", "0", "0"]
    ds.ImageOrientationPatient, ds.SliceThickness = ["1", "0", "0", "0", "1", "0"], "1"
    ds.RescaleIntercept, ds.RescaleSlope, ds.PositionReferenceIndicator = "-1024", "1", ""
    ds.AcquisitionNumber = "1"
    return ds


def make_mr():
    """Enhanced MR: functional groups with references and dates in them."""
    ds = picture(begin(11, MR, "MR"), frames=2)
    ds.ImageType, ds.FrameOfReferenceUID = ["ORIGINAL", "PRIMARY", "T1", "NONE"], FRAME
    ds.AcquisitionDateTime = "20200102101530.25+0900"
    ds.SharedFunctionalGroupsSequence = Sequence([item(
        ReferencedImageSequence=[reference(CT, 10)],
        MRTimingAndRelatedParametersSequence=[item(RepetitionTime=500.0, FlipAngle=90.0, EchoTrainLength=1)])])
    ds.PerFrameFunctionalGroupsSequence = Sequence([item(FrameContentSequence=[item(
        FrameReferenceDateTime="20200102101531", FrameAcquisitionDateTime="20200102101531", FrameComments="T1 SE AXIAL",
        StackID="1", InStackPositionNumber=n)]) for n in (1, 2)])
    ds.DimensionOrganizationSequence = Sequence([item(DimensionOrganizationUID=f"{ROOT}.77")])
    ds.DimensionIndexSequence = Sequence([item(DimensionOrganizationUID=f"{ROOT}.77", DimensionIndexPointer=0x00209057)])
    return ds


def make_sr():
    """A report: observer, findings four deep, a referenced image, dates and UIDs as content."""
    ds = begin(12, SR, "SR")
    ds.ValueType, ds.ConceptNameCodeSequence = "CONTAINER", Sequence([code("18747-6", "LN", "CT Report")])
    ds.ContinuityOfContent, ds.CompletionFlag, ds.VerificationFlag = "SEPARATE", "COMPLETE", "VERIFIED"
    ds.VerifyingObserverSequence = Sequence([item(VerifyingOrganization="東都第三病院", VerifyingObserverName="READER^R",
                                                  VerificationDateTime="20200102120000",
                                                  VerifyingObserverIdentificationCodeSequence=[])])
    ds.CurrentRequestedProcedureEvidenceSequence = Sequence(evidence(CT, 10))
    deep = content("TEXT", code("121071", "DCM", "Finding"), TextValue="肝S8に低吸収域 径12mm")
    for title in ("Findings", "Abdomen", "Liver"):
        deep = content("CONTAINER", code("121070", "DCM", title), ContinuityOfContent="SEPARATE", ContentSequence=[deep])
    ds.ContentSequence = Sequence([
        content("PNAME", code("121008", "DCM", "Person Observer Name"), "HAS OBS CONTEXT", PersonName="READER^R"),
        content("DATE", code("121125", "DCM", "DateTime of Recording of Log Entry"), Date="20200102"),
        content("UIDREF", code("121012", "DCM", "Device Observer UID"), UID=f"{ROOT}.55"),
        content("IMAGE", code("121200", "DCM", "Illustration of ROI"), ReferencedSOPSequence=[reference(CT, 10)]), deep])
    return ds


def make_ko():
    """A key object selection."""
    ds = begin(13, KO, "KO")
    ds.ValueType, ds.ConceptNameCodeSequence = "CONTAINER", Sequence([code("113000", "DCM", "Of Interest")])
    ds.ContinuityOfContent = "SEPARATE"
    ds.CurrentRequestedProcedureEvidenceSequence = Sequence(evidence(CT, 10))
    ds.ContentSequence = Sequence([
        content("TEXT", code("113012", "DCM", "Key Object Description"), TextValue="頸部 要再検"),
        item(RelationshipType="CONTAINS", ValueType="IMAGE", ReferencedSOPSequence=[reference(CT, 10)])])
    return ds


def make_pr():
    """A presentation state with a text annotation."""
    ds = begin(14, PR, "PR")
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = "MARK", "胸部CT 造影", "READER^R"
    ds.PresentationCreationDate, ds.PresentationCreationTime = "20200102", "130000"
    ds.ReferencedSeriesSequence = Sequence([item(SeriesInstanceUID=f"{ROOT}.10", ReferencedImageSequence=[reference(CT, 10)])])
    ds.GraphicLayerSequence = Sequence([item(GraphicLayer="TEXT", GraphicLayerOrder="1")])
    ds.GraphicAnnotationSequence = Sequence([item(GraphicLayer="TEXT", TextObjectSequence=[item(
        UnformattedTextValue="LUNG 1.0 B60f", AnchorPoint=[1.0, 1.0], AnchorPointVisibility="N",
        AnchorPointAnnotationUnits="PIXEL")])])
    return ds


def make_seg():
    """A segmentation of the CT."""
    ds = begin(15, SEG, "SEG")
    ds.ImageType, ds.SegmentationType, ds.FrameOfReferenceUID = ["DERIVED", "PRIMARY"], "BINARY", FRAME
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = "SEG", "肝", "READER^R"
    ds.SegmentSequence = Sequence([item(
        SegmentNumber=1, SegmentLabel="Liver", SegmentAlgorithmType="MANUAL",
        SegmentedPropertyCategoryCodeSequence=[code("T-D0050", "SRT", "Tissue")],
        SegmentedPropertyTypeCodeSequence=[code("T-62000", "SRT", "Liver")], TrackingUID=f"{ROOT}.66", TrackingID="lesion 1")])
    ds.ReferencedSeriesSequence = Sequence([item(SeriesInstanceUID=f"{ROOT}.10", ReferencedInstanceSequence=[reference(CT, 10)])])
    ds.Rows = ds.Columns = 16
    ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.PixelRepresentation = 1, "MONOCHROME2", 0
    ds.BitsAllocated = ds.BitsStored = 1
    ds.HighBit, ds.NumberOfFrames = 0, "1"
    ds.add_new(0x7FE00010, "OB", b"\x0F" * 32)
    return ds


def make_rtstruct():
    """Contours on the CT."""
    ds = begin(16, RTSTRUCT, "RTSTRUCT")
    ds.StructureSetLabel, ds.StructureSetDate, ds.StructureSetTime = "PLAN1", "20200102", "140000"
    contour = item(ContourGeometricType="POINT", NumberOfContourPoints="1", ContourData=["0", "0", "0"],
                   ContourImageSequence=[reference(CT, 10)])
    series = item(SeriesInstanceUID=f"{ROOT}.10", ContourImageSequence=[reference(CT, 10)])
    study = item(ReferencedSOPClassUID="1.2.840.10008.3.1.2.3.1", ReferencedSOPInstanceUID=STUDY,
                 RTReferencedSeriesSequence=[series])
    ds.ReferencedFrameOfReferenceSequence = Sequence([item(FrameOfReferenceUID=FRAME, RTReferencedStudySequence=[study])])
    ds.StructureSetROISequence = Sequence([item(ROINumber="1", ReferencedFrameOfReferenceUID=FRAME, ROIName="GTV 肝",
                                                ROIGenerationAlgorithm="MANUAL")])
    ds.ROIContourSequence = Sequence([item(ReferencedROINumber="1", ContourSequence=[contour])])
    ds.RTROIObservationsSequence = Sequence([item(ObservationNumber="1", ReferencedROINumber="1",
                                                  RTROIInterpretedType="GTV", ROIInterpreter="")])
    return ds


def make_ecg():
    """A waveform with an annotation."""
    ds = begin(17, ECG, "ECG")
    ds.AcquisitionDateTime = "20200102101500"
    channel = item(ChannelSourceSequence=[code("5.6.3-9-1", "SCPECG", "Lead I")], WaveformBitsStored=16,
                   ChannelLabel="I", ChannelTimeSkew="0", ChannelSensitivity="1")
    wave = item(MultiplexGroupTimeOffset="0", WaveformOriginality="ORIGINAL", NumberOfWaveformChannels=1,
                NumberOfWaveformSamples=8, SamplingFrequency="500", ChannelDefinitionSequence=[channel],
                WaveformBitsAllocated=16, WaveformSampleInterpretation="SS")
    wave.add_new(0x54001010, "OW", np.arange(8, dtype="<i2").tobytes())
    ds.WaveformSequence = Sequence([wave])
    ds.AcquisitionContextSequence = Sequence([])
    ds.WaveformAnnotationSequence = Sequence([item(UnformattedTextValue="洞調律", AnnotationGroupNumber=1,
                                                   ReferencedWaveformChannels=[1, 0])])
    return ds


def make_xa():
    """Angiography of two frames."""
    ds = picture(begin(18, XA, "XA"), frames=2)
    ds.ImageType, ds.KVP, ds.PositionerMotion = ["ORIGINAL", "PRIMARY", "SINGLE PLANE"], "80", "STATIC"
    ds.PixelIntensityRelationship, ds.RadiationSetting, ds.FrameIncrementPointer = "LIN", "GR", 0x00181063
    ds.FrameTime, ds.PositionerPrimaryAngle, ds.PositionerSecondaryAngle = "33", "0", "0"
    return ds


def make_dx():
    """Digital radiography with a detector's and a plate's identity."""
    ds = picture(begin(19, DX, "DX"))
    ds.ImageType, ds.PresentationIntentType, ds.BurnedInAnnotation = ["ORIGINAL", "PRIMARY", ""], "FOR PRESENTATION", "NO"
    ds.DetectorID, ds.DetectorDescription, ds.PlateID = "D-4711", "CHEST PA", "P-99"
    ds.DateOfLastDetectorCalibration, ds.TimeOfLastDetectorCalibration = "20191231", "070000"
    return ds


MAKERS = (make_ct, make_mr, make_sr, make_ko, make_pr, make_seg, make_rtstruct, make_ecg, make_xa, make_dx)


def write_all(folder):
    """Write every kind; returns the paths."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for make in MAKERS:
        paths.append(os.path.join(folder, make.__name__[5:] + ".dcm"))
        make().save_as(paths[-1], write_like_original=False)
    return paths
