"""The report as dataclasses. Written by generate.py from Docs/report.schema.json; do not edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the report."""

    version: str
    """Version of vprep."""
    face_model: str
    """Where the face models come from: embedded, a folder, or missing."""
    kernels: Literal["portable", "avx2", "avx512", "neon"]
    """The instruction set in use."""


@dataclass(frozen=True, slots=True)
class InputVideo:
    """The video stream."""

    codec: str
    """FFmpeg's name of the codec."""
    width: int
    """Coded width in pixels."""
    height: int
    """Coded height in pixels."""
    display_width: int
    """Width in pixels as a viewer sees it: upright, square pixels."""
    display_height: int
    """Height in pixels as a viewer sees it."""
    rotation: int
    """Degrees counter-clockwise, as ffprobe prints it: -90 for a phone held upright."""
    frame_rate: float
    """Mean frames per second."""
    variable_frame_rate: bool
    """Whether the frames are unevenly spaced."""
    pixel_format: str
    """FFmpeg's name of the pixel format."""
    transfer: str
    """FFmpeg's name of the transfer characteristic; unknown when untagged."""
    hdr: bool
    """Whether the transfer is PQ or HLG."""
    frames: int
    """Frames that the clip shows."""
    duration_seconds: float
    """From the first shown frame to the end of the last."""
    interlaced: bool
    """Whether the pictures are interlaced."""


@dataclass(frozen=True, slots=True)
class InputAudio:
    """The audio stream; null without one."""

    codec: str
    """FFmpeg's name of the codec."""
    sample_rate: int
    """Samples per second."""
    channels: int
    """Channels."""


@dataclass(frozen=True, slots=True)
class InputOtherStream:
    """One stream."""

    kind: str
    """FFmpeg's name of the media type, such as video, audio, data, subtitle or attachment."""
    codec: str
    """FFmpeg's name of the codec."""


@dataclass(frozen=True, slots=True)
class Input:
    """What the clip is."""

    path: str
    """The path as it was given; - for standard input, the given name for bytes in memory."""
    bytes: int
    """Size of the file."""
    md5: str | None
    """MD5 over all bytes, lower case; null only from `vprep probe --no-md5`."""
    container: str
    """The container: mp4, mov, 3gp, matroska, webm, avi, flv, mpegts, mpeg or asf."""
    duration_seconds: float
    """From the first frame or audio sample to the end of the last."""
    duration_source: Literal["header", "content"]
    """header: the container's own duration, which the content agrees with. content: the timestamps, because
    the header has none or lies."""
    bit_rate: float
    """Bits per second over the whole file."""
    video: InputVideo
    """The video stream."""
    audio: InputAudio | None
    """The audio stream; null without one."""
    other_streams: list[InputOtherStream]
    """Streams that are not judged."""
    warnings: list[str]
    """What the clip had to be forgiven, one sentence each."""


@dataclass(frozen=True, slots=True)
class Brightness:
    """Light."""

    frame_mean: float | None
    """Mean luma of the whole frame; null without a measured frame."""
    face_mean: float | None
    """Mean luma of the face; null, like every value of the face, without a face."""
    face_p05: float | None
    """5th percentile of the face's luma."""
    face_p50: float | None
    """Median of the face's luma."""
    face_p95: float | None
    """95th percentile of the face's luma."""
    face_dark_share: float | None
    """Share of the face darker than luma 40."""
    face_bright_share: float | None
    """Share of the face brighter than luma 210."""
    face_clipped_share: float | None
    """Share of the face at luma 250 or above."""
    unevenness: float | None
    """Difference between the face's left and right half, divided by its mean luma; 0 for even light."""
    eye_whites: float | None
    """Luma of the whites of the eyes, the 90th percentile between the lids; null if they are shut."""
    eye_glare: float | None
    """Share of the area around an eye at luma 250 or above, the larger of both; null without a face."""
    backlight: float | None
    """Mean luma of the whole frame divided by that of the whites of the eyes; null if they are shut."""
    color_cast: float | None
    """How far the colour of the skin is from those that skin has in white light, as log R ÷ G and log G ÷ B;
    null if it cannot be decided."""
    flicker: float | None
    """Change of the face's luma from frame to frame, as a part of it; null for fewer than six faces in a
    row."""


@dataclass(frozen=True, slots=True)
class Sharpness:
    """Blur."""

    frame: float | None
    """Variance of the Laplacian of the frame's luma; null without a measured frame."""
    face: float | None
    """Variance of the Laplacian of the face's luma at 128 pixels of width; null without a face."""
    motion_blur: float | None
    """How much more of the face's detail is missing along one direction than across it: up to 0.5 for sharp
    faces and faces out of focus, more for movement; null without a face or when not decided."""
    contours: float | None
    """Kurtosis of the Laplacian of the face: 3 where detail is spread evenly, more than 10 where outlines lie
    between flat areas; null without a face or when not decided."""


@dataclass(frozen=True, slots=True)
class Face:
    """The followed face and others beside it; null when faces were not looked for. Its values are null when
    no frame shows a face."""

    frames_with_face_share: float | None
    """Share of the measured frames that show a face."""
    max_count: int | None
    """Largest number of faces in one frame."""
    second_face_area_share: float | None
    """Largest area of a second face, divided by the frame's."""
    second_face_size_ratio: float | None
    """Largest area of a second face, divided by the followed face's."""
    second_face_motion: float | None
    """How much the second largest face turns, nods or moves its mouth, against the followed one where that
    keeps still; above 1 it is a person and no picture. Null without a second face of a size that counts."""
    width_share: float | None
    """Width of the face divided by the frame's; above 1 when the frame cuts it off."""
    width_pixels: float | None
    """Width of the face in pixels."""
    inter_eye_pixels: float | None
    """Distance between the eye centres in pixels."""
    center_x: float | None
    """Horizontal centre: 0 is the viewer's left edge, 1 the right."""
    center_y: float | None
    """Vertical centre: 0 is the top edge, 1 the bottom."""
    completeness: float | None
    """Share of the landmarks inside the frame."""
    yaw: float | None
    """Turn to the side, positive towards the viewer's right."""
    pitch: float | None
    """Nod, positive upwards; what is level differs between people by some degrees."""
    roll: float | None
    """Tilt, positive clockwise as the viewer sees it."""
    eyes_open: float | None
    """Openness of the eyes against this person's open eyes, both averaged: 0 shut, 1 open."""
    blinks: int | None
    """Blinks over the whole clip."""
    mouth_open: float | None
    """Gap of the inner lips divided by the mouth's width."""
    mouth_movement: float | None
    """Standard deviation of the mouth's opening over the clip."""
    mouth_movement_while_voiced: float | None
    """The same over the parts in which someone speaks; null when too little is heard to tell."""
    lower_face_occlusion: float | None
    """Covered share of nose, mouth and chin; null when not decided."""
    hand_occlusion: float | None
    """Share of the mouth, nose or eye that hands cover most; 0 when nothing hints at a hand, null without a
    face or face models."""
    occlusion: float | None
    """Covered share of the region that is covered most; null when not decided."""


@dataclass(frozen=True, slots=True)
class MotionAction:
    """Part of a report: MotionAction."""

    kind: Literal["eyesClosed", "mouthOpen", "headTurn", "headNod"]
    """Eyes shut; mouth open; head turned or nodded away from where it is most of the time."""
    start: float
    """The first measured frame that shows it, in seconds."""
    end: float
    """The first measured frame that shows it no more, in seconds."""


@dataclass(frozen=True, slots=True)
class Motion:
    """Movement over the clip."""

    global_shake: float | None
    """Shake of the whole picture; 0 for a camera that stands still."""
    head_motion: float | None
    """Range of the head's turn and place; 0 for a still head; null without a face in two frames."""
    actions: list[MotionAction] | None
    """What the face did, in the order in which it began; null without a face."""


@dataclass(frozen=True, slots=True)
class Audio:
    """The audio stream; null when it was not looked at."""

    present: bool
    """Whether there is an audio stream that decodes."""
    loudness_lufs: float | None
    """Integrated loudness by ITU-R BS.1770; null when not measured."""
    voiced_loudness_lufs: float | None
    """Loudness of the parts in which someone speaks; null when nobody is heard."""
    peak_dbfs: float | None
    """Highest sample in dB below full scale; -120 for digital silence; null without audio."""
    voiced_share: float | None
    """Share of the clip in which someone speaks; null when not measured."""


@dataclass(frozen=True, slots=True)
class TimelineFaceLight:
    """Light on the face."""

    mean: float | None
    """Mean luma."""
    p05: float | None
    """5th percentile."""
    p50: float | None
    """Median."""
    p95: float | None
    """95th percentile."""
    dark_share: float | None
    """Share of the face darker than luma 40."""
    bright_share: float | None
    """Share of the face brighter than luma 210."""
    clipped_share: float | None
    """Share of the face at luma 250 or above."""
    unevenness: float | None
    """Difference between the face's left and right half, divided by its mean luma; 0 for even light."""


@dataclass(frozen=True, slots=True)
class TimelineFace:
    """The followed face; null when there is none."""

    width_share: float | None
    """Width of the face divided by the frame's."""
    width_pixels: float | None
    """Width of the face in pixels."""
    inter_eye_pixels: float | None
    """Distance between the eye centres in pixels."""
    center_x: float | None
    """Horizontal centre: 0 is the viewer's left edge, 1 the right."""
    center_y: float | None
    """Vertical centre: 0 is the top edge, 1 the bottom."""
    completeness: float | None
    """Share of the landmarks inside the frame."""
    yaw: float | None
    """Turn to the side, positive towards the viewer's right."""
    pitch: float | None
    """Nod, positive upwards."""
    roll: float | None
    """Tilt, positive clockwise as the viewer sees it."""
    left_eye_open: float | None
    """Openness of the viewer-left eye against this person's open eyes: 0 shut, 1 open."""
    right_eye_open: float | None
    """Openness of the viewer-right eye against this person's open eyes: 0 shut, 1 open."""
    mouth_open: float | None
    """Gap of the inner lips divided by the mouth's width."""
    lower_face_occlusion: float | None
    """Covered share of nose, mouth and chin; null when not decided."""
    eye_occlusion: float | None
    """Covered share of the eyes; null when not decided."""
    hand_occlusion: float | None
    """Share of the mouth, nose or eye that hands cover most; 0 when nothing hints at a hand."""
    light: TimelineFaceLight
    """Light on the face."""
    sharpness: float | None
    """Variance of the Laplacian of the face's luma at 128 pixels of width."""
    motion_blur: float | None
    """How much more of the face's detail is missing along one direction than across it: up to 0.5 for sharp
    faces and faces out of focus, more for movement; null when not decided."""
    contours: float | None
    """Kurtosis of the Laplacian of the face: 3 where detail is spread evenly, more than 10 where outlines lie
    between flat areas; null when not decided."""
    eye_whites: float | None
    """Luma of the whites of the eyes, the 90th percentile between the lids; null if they are shut."""
    eye_glare: float | None
    """Share of the area around an eye at luma 250 or above, the larger of both; null if it cannot be
    decided."""
    skin_redness: float | None
    """log (R ÷ G) of the skin; null if it cannot be decided."""
    skin_yellowness: float | None
    """log (G ÷ B) of the skin; null if it cannot be decided."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """One frame."""

    t: float
    """Seconds from the clip's start."""
    frame_mean: float | None
    """Mean luma of the whole frame."""
    frame_sharpness: float | None
    """Variance of the Laplacian of the frame's luma."""
    difference: float | None
    """Mean absolute difference to the measured frame before it; null for the first."""
    noise: float | None
    """Standard deviation of the noise in luma steps; null when not estimated."""
    face_count: int | None
    """How many faces the frame shows; null when faces were not looked for."""
    second_face_area_share: float | None
    """Area of a second face divided by the frame's, 0 without one; null when faces were not looked for."""
    second_face_size_ratio: float | None
    """Area of a second face divided by the followed face's, 0 without one; null when faces were not looked
    for."""
    face: TimelineFace | None
    """The followed face; null when there is none."""


@dataclass(frozen=True, slots=True)
class Measurements:
    """What was measured on the judged window: medians over the frames that have a value, where nothing else
    is said; null when nothing was measured."""

    frames_decoded: int
    """Frames that decoded; check decodes no more than the verdict needs."""
    frames_measured: int
    """Frames that were measured."""
    brightness: Brightness
    """Light."""
    sharpness: Sharpness
    """Blur."""
    noise: float | None
    """Standard deviation of the noise in luma steps; null when not estimated."""
    face: Face | None
    """The followed face and others beside it; null when faces were not looked for. Its values are null when
    no frame shows a face."""
    motion: Motion
    """Movement over the clip."""
    audio: Audio | None
    """The audio stream; null when it was not looked at."""
    timeline: list[Timeline] | None
    """Every measured frame of the judged window in the order of time; null unless it was asked for."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next: failures come before warnings, what a person must do before what is repaired;
    null when nothing speaks against the clip."""

    id: Literal["upload-broken", "file-empty", "file-unreadable", "file-without-picture", "file-unplayable", "file-damaged", "uncover-lens", "turn-on-light", "show-face", "be-alone", "turn-round", "face-the-light", "leave-glare", "turn-to-the-light", "lower-hand", "take-off-mask", "uncover-mouth", "uncover-eyes", "uncover-face", "move-back", "move-closer", "stay-in-picture", "show-whole-face", "move-from-left-edge", "move-from-right-edge", "look-straight", "hold-at-eye-level", "hold-upright", "keep-eyes-open", "hold-still", "focus", "avoid-reflections", "use-steady-light", "use-white-light", "record-in-better-light", "make-movements", "follow-the-order", "blink", "open-mouth", "nod", "shake-head", "allow-microphone", "uncover-microphone", "read-aloud", "read-yourself", "move-lips", "speak-up", "record-longer", "read-more-slowly", "record-shorter", "photo-empty", "photo-face", "photo-alone", "photo-whole-face", "photo-too-dark", "photo-too-bright", "photo-face-too-small", "photo-too-small", "photo-blurred", "photo-too-large", "photo-format", "cut-shorter", "shrink-file", "convert-container", "convert-video", "convert-audio", "use-another-camera", "send-as-recorded", "store-nearer"]
    remedy: Literal["retake", "repair", "request"]
    text: str
    """The sentence for the person."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the blanks of the sentence hold."""

    seconds: str | None
    """A duration that works; null in a sentence without one."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One code that the provider is expected to answer, and why."""

    code: str
    """The code as the provider's answer spells it."""
    severity: Literal["fail", "warn"]
    """fail: the provider is expected to refuse the clip. warn: it may."""
    measure: str
    """What was read, named as in this report or in provider-codes.md."""
    value: float | str | None
    """What was read, in the measure's unit; null when the file could not be read at all."""
    limit: float | str | None
    """The limit that was crossed, or the accepted names; null when the file could not be read at all."""
    provenance: Literal["documented", "calibrated", "carried", "heuristic"]
    """Where the limit comes from, strongest first: the provider's document for this API, clips with known
    answers, another published product or standard, reasons alone."""
    source: str
    """The document, product or reason behind the limit."""
    window: list[float] | None
    """Where in the clip it holds: start and end in seconds; null when it is about the photo."""
    advice: str
    """One sentence for the person in front of the camera."""
    id: Literal["upload-broken", "file-empty", "file-unreadable", "file-without-picture", "file-unplayable", "file-damaged", "uncover-lens", "turn-on-light", "show-face", "be-alone", "turn-round", "face-the-light", "leave-glare", "turn-to-the-light", "lower-hand", "take-off-mask", "uncover-mouth", "uncover-eyes", "uncover-face", "move-back", "move-closer", "stay-in-picture", "show-whole-face", "move-from-left-edge", "move-from-right-edge", "look-straight", "hold-at-eye-level", "hold-upright", "keep-eyes-open", "hold-still", "focus", "avoid-reflections", "use-steady-light", "use-white-light", "record-in-better-light", "make-movements", "follow-the-order", "blink", "open-mouth", "nod", "shake-head", "allow-microphone", "uncover-microphone", "read-aloud", "read-yourself", "move-lips", "speak-up", "record-longer", "read-more-slowly", "record-shorter", "photo-empty", "photo-face", "photo-alone", "photo-whole-face", "photo-too-dark", "photo-too-bright", "photo-face-too-small", "photo-too-small", "photo-blurred", "photo-too-large", "photo-format", "cut-shorter", "shrink-file", "convert-container", "convert-video", "convert-audio", "use-another-camera", "send-as-recorded", "store-nearer"]
    parameters: Parameters
    """What the blanks of the sentence hold."""
    remedy: Literal["retake", "repair", "request"]
    integrator_advice: str
    """One sentence for the integrator."""
    overridden: bool
    """Whether the caller's own limit was used."""


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A rule that had nothing to read."""

    code: str
    """The provider's code that stays open."""
    measure: str
    """The measure that is missing."""
    reason: Literal["facesNotMeasured", "noFrames", "noFace", "audioNotMeasured", "noAudio", "motionNotMeasured", "notDecided", "photoNotGiven", "bandwidthNotGiven", "actionsNotGiven", "mediaUnusable"]
    """Why it is missing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value that one rule compares with its limits."""

    code: str
    """The rule's code."""
    measure: str
    """The measure."""
    side: Literal["min", "max"]
    """Which end of the good range the rule's limits are."""
    value: float
    """The measure's value in its unit, put together from the frames as the rule does it."""
    counts: list[Literal["fail", "warn"]]
    """The limits that the value is compared with: those whose conditions are met."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """How likely the provider refuses the clip, as learned from its answers; null where nothing was learned,
    and where a document settles it."""

    probability: float
    """The probability."""
    interval: list[float]
    """The bounds between which it lies with a confidence of 95 %."""
    answers: int
    """How many answers say so."""
    version: str
    """The day of the last of them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement of one clip for one provider."""

    provider: Literal["megvii", "megvii-video", "tencent", "tencent-compare-face"]
    """Who is asked."""
    mode: Literal["lip", "action", "silent", None]
    """Tencent's liveness type; null for a provider without modes."""
    outcome: Literal["pass", "warn", "fail", "incomplete"]
    """fail: the clip is expected to be refused. incomplete: something that decides could not be measured, and
    nothing that was measured fails. warn: the clip may be refused. pass: nothing speaks against it."""
    next_step: NextStep | None
    """The one thing to do next: failures come before warnings, what a person must do before what is repaired;
    null when nothing speaks against the clip."""
    predictions: list[Prediction]
    """What is expected to go wrong, worst first."""
    unmeasured: list[Unmeasured]
    """Rules that had nothing to read, so that nobody takes their silence for a pass."""
    unpredictable: list[str]
    """Codes that only the provider can know."""
    tags: list[str]
    """What the provider would note without refusing the clip, such as multifaces."""
    readings: list[Reading]
    """The values that rules with a limit that no document gives compare with it; empty when nothing could be
    measured."""
    refusal: Refusal | None
    """How likely the provider refuses the clip, as learned from its answers; null where nothing was learned,
    and where a document settles it."""


@dataclass(frozen=True, slots=True)
class Photo:
    """The photo that the clip is compared with, Tencent's ImageUrl; null when none was given. Its keys are
    the measures that predictions name as photo.…"""

    path: str
    """The path as it was given."""
    bytes: int
    """Size of the file."""
    base64_bytes: int
    """Size after Base64, 4·⌈n/3⌉."""
    md5: str
    """MD5 over all bytes, lower case: the request's ImageMd5."""
    format: str
    """What the content is: jpeg, png, or the container of anything else that was opened."""
    width: int
    """Width in pixels, upright."""
    height: int
    """Height in pixels, upright."""
    face_count: int | None
    """How many faces it shows; null when faces were not looked for."""
    face_width_pixels: float | None
    """Width of the largest face; null, like what follows, without a face."""
    face_completeness: float | None
    """Share of that face's landmarks inside the photo."""
    face_mean: float | None
    """Mean luma of that face."""
    face_p95: float | None
    """95th percentile of that face's luma."""
    face_clipped_share: float | None
    """Share of that face at luma 250 or above."""
    face_sharpness: float | None
    """Variance of the Laplacian of that face's luma at 128 pixels of width."""


@dataclass(frozen=True, slots=True)
class Lint:
    """One finding."""

    code: str
    """The code as the provider's answer spells it."""
    key: str
    """The parameter."""
    message: str
    """One sentence: what is wrong and what is accepted."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """Whether to send a clip that is predicted to fail, to learn what the provider says; null for a clip that
    is not, and where that was not asked for."""

    chosen: bool
    """Whether the clip is one of those to send; the status is then 0."""
    probability: float
    """How likely that was."""


@dataclass(frozen=True, slots=True)
class FitWindow:
    """The window that was kept; null when all was."""

    start: float
    """Seconds from the clip's start."""
    end: float
    """Seconds from the clip's start."""
    why: str
    """Why this window."""


@dataclass(frozen=True, slots=True)
class FitOutput:
    """The file that was written; null where the fit was only planned (--dry-run) or was skipped."""

    path: str
    """Where it stands."""
    bytes: int
    """Size of the file."""
    base64_bytes: int
    """Size after Base64 in characters, 4·⌈n/3⌉."""
    md5: str
    """MD5 over all bytes, lower case."""
    container: str
    """The container."""
    duration_seconds: float
    """Duration."""
    width: int
    """Width in pixels as a viewer sees it."""
    height: int
    """Height in pixels as a viewer sees it."""
    video_codec: str
    """FFmpeg's name of the codec."""
    audio_codec: str | None
    """FFmpeg's name of the codec; null without audio."""
    verified: bool
    """Whether these bytes were checked: every packet compared with the clip's where all were copied, else
    every frame and the whole audio decoded without an error."""


@dataclass(frozen=True, slots=True)
class FitQuality:
    """How much of the clip's detail the output kept: its luma compared with the clip's at the output's size;
    null where the frames were not encoded."""

    ssim: float
    """Mean structural similarity, as FFmpeg's filter ssim computes it; 1 for no difference."""
    psnr: float
    """Peak signal-to-noise ratio in dB; 100 for no difference."""
    frames: int
    """How many frames were compared, spread over the first two thirds of the output."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How the clip was fitted; null when it was not."""

    action: Literal["passthrough", "remux", "trim-copy", "transcode"]
    """The means, the least destructive first: the bytes as they are, the streams copied into an MP4, a window
    cut out by stream copy or smart cut (the reasons say what was encoded at its ends), frames, audio or both
    encoded, as the reasons say."""
    reasons: list[str]
    """Why, one sentence each, the decisive one first."""
    window: FitWindow | None
    """The window that was kept; null when all was."""
    output: FitOutput | None
    """The file that was written; null where the fit was only planned (--dry-run) or was skipped."""
    attempts: int
    """Encoding runs that were needed; 1 without encoding, 0 where the fit was only planned or was skipped."""
    worsened: list[str] | None
    """Codes that the output is judged worse by than the clip was, worst first: predicted for it alone, or
    more severely; null where the two were not compared."""
    unmet: list[str]
    """Codes of documented limits that the output breaks because no fit can mend what the clip lacks, worst
    first."""
    skipped: str | None
    """Why the clip was not encoded and nothing was written: only a new recording can help; null for every
    other clip."""
    quality: FitQuality | None
    """How much of the clip's detail the output kept: its luma compared with the clip's at the output's size;
    null where the frames were not encoded."""


@dataclass(frozen=True, slots=True)
class Preview:
    """One frame."""

    t: float
    """Seconds from the clip's start."""
    width: int
    """Width in pixels."""
    height: int
    """Height in pixels."""
    bytes: int
    """Size of the JPEG."""
    score: float
    """How good the frame is; comparable between clips that are judged by the same limits."""
    reason: str
    """Why the frame was chosen, in a sentence."""
    image: str
    """The JPEG as a URI: a data URI; in the lines of a batch the file's name below its folder."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds that each stage took; null for a stage that did not run."""

    probe: float | None
    """Finding out what the clip is; null where measuring does that as well."""
    decode: float | None
    """Decoding alone; null where it overlaps with measuring and is counted there."""
    measure: float | None
    """Decoding and measuring."""
    fit: float | None
    """Fitting and verifying the output."""
    preview: float | None
    """Making previews."""
    total: float
    """The whole call."""


@dataclass(frozen=True, slots=True)
class Report:
    """What vprep says about a clip. Times are in seconds, sizes in bytes, angles in degrees, luma is 0 to 255
    full range and gamma-coded, shares are 0 to 1. Every key is always there; null says that there is no
    value. Later versions may add keys."""

    schema: Literal["vprep.report/1"]
    """Name and version of this contract."""
    tool: Tool
    """What made the report."""
    input: Input
    """What the clip is."""
    measurements: Measurements | None
    """What was measured on the judged window: medians over the frames that have a value, where nothing else
    is said; null when nothing was measured."""
    verdict: Verdict | None
    """What the provider is expected to answer to the clip as it is; null when nothing was judged."""
    photo: Photo | None
    """The photo that the clip is compared with, Tencent's ImageUrl; null when none was given. Its keys are
    the measures that predictions name as photo.…"""
    lint: list[Lint] | None
    """What the provider would refuse in the request, before it looks at the clip; empty when nothing is
    wrong, null when no request was given."""
    exploration: Exploration | None
    """Whether to send a clip that is predicted to fail, to learn what the provider says; null for a clip that
    is not, and where that was not asked for."""
    fit: Fit | None
    """How the clip was fitted; null when it was not."""
    output_verdict: Verdict | None
    """What the provider is expected to answer to the fitted output; null when none was judged. After a
    passthrough it is the verdict itself."""
    previews: list[Preview]
    """The best frames, best first; empty when none was asked for or none is good enough."""
    no_previews: Literal["facesNotMeasured", "noFace", "noUsableFace", None]
    """Why there are no previews; null where there are, and where none were asked for."""
    timing: Timing
    """Seconds that each stage took; null for a stage that did not run."""
