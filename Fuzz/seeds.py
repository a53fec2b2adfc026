#!/usr/bin/env python3
"""Makes small inputs for the fuzz targets out of TestVideos, into FOLDER/TARGET/.

    seeds.py [FOLDER]     Fuzz/seeds by default; does nothing for a seed that is there

A clip is 96×128 pixels and a dozen frames, so that a run takes a fraction of a second: one for each
container and codec that vprep reads. Texts are written as they stand here.
"""
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLIPS = HERE.parent / "TestVideos/clips"
FFMPEG = ["ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-y"]
EXACT = ["-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
PICTURE = "fps=5,scale=96:128,format=yuv420p"
X264 = "-c:v libx264 -preset veryfast -x264-params threads=1"
X265 = "-c:v libx265 -preset veryfast -x265-params log-level=error:pools=1:frame-threads=1"
AAC = "-c:a aac -b:a 24k -ar 16000 -ac 1"
MP2 = "-c:a mp2 -b:a 32k -ar 32000 -ac 1"
MP3 = "-c:a libmp3lame -b:a 24k -ar 22050 -ac 1"
OPUS = "-c:a libopus -b:a 16k -ac 1"
VORBIS = "-c:a libvorbis -ar 16000 -ac 1 -q:a 0"

# File: options of ffmpeg between the clip and the output.
MEDIA = {
    "h264-aac.mp4": f"{X264} -g 5 -bf 0 {AAC} -movflags +faststart",
    "h264-b.mp4": f"{X264} -g 6 -bf 2 {AAC}",
    "h264-fragments.mp4": f"{X264} -g 4 -bf 0 {AAC} -movflags frag_keyframe+empty_moov+default_base_moof",
    "h264-turned.mov": f"{X264} -g 6 -bf 0 -c:a pcm_s16le -ar 8000 -ac 1 -metadata:s:v rotate=90",
    "h264-two-sounds.mov": f"-map 0:v -map 0:a -map 0:a {X264} -g 6 {AAC}",
    "h264-interlaced.mp4": f"{X264} -flags +ildct+ilme -x264opts tff=1 -an",
    "hevc.mov": f"{X265} -g 6 -tag:v hvc1 {AAC}",
    "hevc-ten.mp4": f"-pix_fmt yuv420p10le {X265} -g 6 -color_primaries bt2020 -colorspace bt2020nc -color_trc smpte2084 -an",
    "mpeg4-mp3.mp4": f"-c:v mpeg4 -q:v 8 -bf 2 {MP3}",
    "mpeg4.3gp": f"-c:v mpeg4 -q:v 8 {AAC}",
    "h263.3gp": f"-s 128x96 -c:v h263 -q:v 8 {AAC}",
    "mjpeg-pcm.mov": "-c:v mjpeg -q:v 12 -c:a pcm_s16be -ar 8000 -ac 1",
    "prores.mov": "-pix_fmt yuv422p10le -c:v prores_ks -profile:v 0 -an",
    "av1-opus.mp4": f"-c:v libaom-av1 -cpu-used 8 -row-mt 0 -crf 45 -b:v 0 -g 6 {OPUS}",
    "vp9.mp4": f"-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 6 -b:v 80k {OPUS}",
    "h264-flac.mkv": f"{X264} -g 6 -bf 2 -c:a flac -ar 8000 -ac 1",
    "hevc-opus.mkv": f"{X265} -g 6 {OPUS}",
    "mjpeg-pcm.mkv": "-c:v mjpeg -q:v 12 -c:a pcm_s16le -ar 8000 -ac 1",
    "vp8-vorbis.webm": f"-c:v libvpx -deadline realtime -cpu-used 8 -g 6 -b:v 80k {VORBIS}",
    "vp8-live.webm": f"-c:v libvpx -deadline realtime -cpu-used 8 -g 6 -b:v 80k {OPUS} -live 1 -cluster_time_limit 700",
    "vp9-opus.webm": f"-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 6 -b:v 80k {OPUS}",
    "av1.webm": "-c:v libaom-av1 -cpu-used 8 -row-mt 0 -crf 45 -b:v 0 -g 6 -an",
    "h264-aac.flv": f"{X264} -g 6 -bf 2 {AAC}",
    "flv1-mp3.flv": f"-c:v flv -q:v 8 {MP3}",
    "mpeg4-mp3.avi": f"-c:v mpeg4 -q:v 8 -vtag XVID -bf 2 {MP3}",
    "mjpeg-pcm.avi": "-c:v mjpeg -q:v 12 -c:a pcm_s16le -ar 8000 -ac 1",
    "h264-mp3.avi": f"{X264} -g 6 -bf 2 {MP3}",
    "h264-aac.ts": f"{X264} -g 6 -bf 2 {AAC}",
    "hevc-mp2.ts": f"{X265} -g 6 {MP2}",
    "mpeg2-mp2.ts": f"-r 25 -c:v mpeg2video -q:v 12 {MP2}",
    "mpeg2-mp2.mpg": f"-r 25 -c:v mpeg2video -q:v 12 {MP2} -f vob",
    "mpeg1-mp2.mpg": f"-r 25 -c:v mpeg1video -q:v 12 {MP2} -f mpeg",
    "wmv2-wma.asf": "-c:v wmv2 -q:v 8 -c:a wmav2 -b:a 24k -ar 16000 -ac 1",
}

RULES = [
    "{}",
    '{"VIDEO_LOW_FACE_QUALITY":{"face.widthPixels":{"warn":120,"fail":60},'
    '"brightness.faceMean":{"min":{"fail":30,"when":{"brightness.faceP95":110}}}}}',
    '{"LipVideoInvalid":{"input.container":{"accept":["mp4","mov"]}}}',
    '{"FailedOperation.LipSizeError":{"input.bytes":{"warn":null,"fail":1e300}}}',
]
REQUESTS = [
    '{"Action":"VideoLivenessCompare","Version":"2018-03-01","Region":"ap-guangzhou",'
    '"LivenessType":"ACTION","ValidateData":"2,1","VideoBase64":"AAAA","ImageBase64":"BBBB"}',
    '{"api_key":"k","api_secret":"s","biz_token":"t","face_occlusion_detection":"1",'
    '"eye_close_detection":0,"liveness_type":"video","video":null,"x":1.5,"y":true}',
]

OPTIONS = [
    '{"provider":"tencent","mode":"action","actions":[2,1],"judgedWindow":[0.5,2],"window":[0,1.5],'
    '"maxBytes":6000000,"strict":true,"timeline":true,"previews":1,"timeLimit":30}',
    '{"provider":"megvii","bandwidth":1e6,"faceOcclusionDetection":true,"window":"all",'
    '"rules":{"VIDEO_LOW_FACE_QUALITY":{"face.widthPixels":{"warn":120}}}}',
    '{"provider":"tencent","photo":"photo.jpg","request":{"LivenessType":"SILENT","x":1.5},'
    '"limits":{"seconds":60,"pixels":1000000},"keepMetadata":true,"dryRun":true}',
]
JOBS = [
    '{"id":1,"call":"probe","clip":"/no/such/clip"}\n'
    '{"id":"b","call":"check","clip":"/no/such/clip","options":{"provider":"tencent"}}\n',
    '\n\r\n{"id":2,"call":"prep","clip":"a","output":"b","options":{"provider":"megvii"}}\n[]\n{"id":',
]


def make(path, command):
    """Runs a command whose last argument is the output; the file appears whole."""
    if path.exists():
        return
    partial = path.with_name(".part-" + path.name)
    subprocess.run([*command, str(partial)], check=True)
    partial.rename(path)


def main():
    if len(sys.argv) > 2 or sys.argv[1:2] == ["--help"]:
        sys.exit(__doc__)
    root = Path(sys.argv[1]) if sys.argv[1:] else HERE / "seeds"
    folders = {name: root / name for name in ("media", "photo", "rules", "request", "options", "worker")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    for name, options in MEDIA.items():
        make(folders["media"] / name, [
            *FFMPEG, "-i", str(CLIPS / "good-megvii.mp4"), "-t", "2.4", "-vf", PICTURE,
            *EXACT, *options.split()])
    for name in ("photo.jpg", "photo.png"):
        make(folders["photo"] / name, [
            *FFMPEG, "-i", str(CLIPS / "photo.jpg"), "-vf", "scale=96:-2", "-frames:v", "1", *EXACT,
            "-update", "1"])
    texts = {"rules": RULES, "request": REQUESTS, "options": OPTIONS, "worker": JOBS}
    for target, inputs in texts.items():
        for number, text in enumerate(inputs):
            (folders[target] / f"{number}.json").write_text(text)


if __name__ == "__main__":
    main()
