"""What is checked: clips as they are, photos as clips, and good ones with a defect added.

A photo becomes two seconds of H.264 in which the picture drifts by a pixel now and then, as it does in a hand. A
defect is added in linear light where it is one of light.
"""
import dataclasses, subprocess

# A defect that is added to good media, as an FFmpeg filter.
# Luma of sRGB is taken back to light (power 2.2), changed, and coded again.
CHANGES = {
    "dark": "scale=in_range=auto:out_range=full,format=yuv444p,lutyuv=y='255*pow(pow(val/255,2.2)*0.035,1/2.2)'"
            ":u='128+(val-128)*0.22':v='128+(val-128)*0.22',noise=alls=4:allf=t",
    "bright": "scale=in_range=auto:out_range=full,format=gbrp,lutrgb=r='min(255,255*pow(pow(val/255,2.2)*9,1/2.2))'"
              ":g='min(255,255*pow(pow(val/255,2.2)*9,1/2.2))':b='min(255,255*pow(pow(val/255,2.2)*9,1/2.2))'",
    "out_of_focus": "gblur=sigma='{face}/22'",
    "motion_blur": "dblur=angle=20:radius='{face}/16'",
    "far": "scale=trunc(iw*56/{face}/2)*2:-2,pad=w='max(480,iw)':h='max(640,ih)':x=(ow-iw)/2:y=(oh-ih)/2:color=0x8a8278",
}
# What a changed picture must be called.
NAMES = {"far": "far", "dark": "dark", "bright": "bright", "out_of_focus": "blur", "motion_blur": "blur"}


def changed(item, change):
    """A good item with a defect that was added; it is no longer what its labels said."""
    return dataclasses.replace(item, labels=frozenset({NAMES[change]}), change=change)


def make(item, folder, face=None):
    """The file to check; `face` is the width of the face in pixels, which some changes need."""
    if not item.is_photo and not item.change:
        return item.path
    target = folder / f"{item.sha256[:16]}{item.change and '-' + item.change}.mp4"
    if target.exists():
        return target
    steps = [CHANGES[item.change].format(face=face)] if item.change else []
    if item.is_photo:
        # At most 1280 pixels on the longer side, as a phone records; two pixels at each side to drift over.
        steps = ["scale='min(1280,iw)':'min(1280,ih)':force_original_aspect_ratio=decrease"] + steps
        steps += ["crop='trunc((iw-4)/2)*2':'trunc((ih-4)/2)*2':'2+1.5*sin(n/5)':'2+1.5*cos(n/7)'"]
    steps += ["crop='trunc(iw/2)*2':'trunc(ih/2)*2'", "format=yuv420p"]
    source = ["-loop", "1", "-framerate", "25", "-t", "2.4"] if item.is_photo else ["-t", "4"]
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *source, "-i", str(item.path), "-vf", ",".join(steps), "-an",
               "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "1", "-movflags", "+faststart"]
    part = target.with_suffix(".part.mp4")
    run = subprocess.run([*command, str(part)], capture_output=True, text=True)
    if run.returncode != 0:
        return None
    part.rename(target)
    return target


def relit(picture, target, part):
    """Writes half a second of a photograph with a part of its light left; False where FFmpeg cannot.

    Light is linear: sRGB is decoded with the power 2.2, scaled and coded again. The noise is that of a camera that does
    not raise its gain.
    """
    light = f"255*pow(pow(val/255,2.2)*{part},1/2.2)"
    steps = ["scale='min(960,iw)':'min(960,ih)':force_original_aspect_ratio=decrease", "format=gbrp",
             f"lutrgb=r='{light}':g='{light}':b='{light}'", "noise=alls=4:allf=t",
             "crop='trunc(iw/2)*2':'trunc(ih/2)*2'", "scale=out_range=tv", "format=yuv420p"]
    run = subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-y", "-loop", "1", "-framerate", "10", "-t", "0.5", "-i", str(picture),
         "-vf", ",".join(steps), "-an", "-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-threads", "1", str(target)],
        capture_output=True)
    return run.returncode == 0
