/*
 * vprep: predicts whether a face-liveness API will accept a selfie video, and
 * repairs what can be repaired.
 *
 * In short:
 *
 *   vprep_options options;
 *   vprep_options_init(&options, sizeof options);
 *   options.provider = VPREP_TENCENT;
 *   vprep_clip clip = vprep_clip_file("selfie.mov");
 *   char *json;
 *   int status = vprep_prepare(&clip, "selfie.mp4", &options, &json);
 *   puts(json);
 *   vprep_free(json);
 *
 * Ownership. Every pointer that is passed in stays the caller's; it is read
 * during the call and not kept. The text that comes out belongs to the caller,
 * who hands it back to vprep_free().
 *
 * Threads. Every function may be called from any thread, any number at once.
 * Calls share no state but the opened face networks: the first call opens them,
 * later ones use them again, and as many sets are kept as calls ran at once (some
 * 28 MB each). Only a vprep_cancellation may be shared between threads. A call
 * blocks until it is done, and may use a few threads while it runs.
 *
 * Errors. No function aborts on a bad argument: it answers VPREP_USAGE.
 *
 * Text is UTF-8 and ends in a zero byte. Times are seconds, sizes are bytes.
 *
 * The process. The first call sets the level of FFmpeg's own log to quiet, for
 * the whole process, and each call FFmpeg's bound for one allocation (the limit
 * "allocation"): the call that begins last sets it for all. Nothing is written to
 * standard output or standard error.
 */
#ifndef VPREP_H
#define VPREP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version that this header belongs to; the whole project takes it from here. */
#define VPREP_VERSION "0.2.0"

/*
 * What a call answers; the same numbers as the exit status of the program.
 */
typedef enum vprep_status {
    /* The clip passes, warnings included; or the call does not judge. */
    VPREP_ACCEPTED = 0,
    /* The provider is predicted to refuse the clip or the request. */
    VPREP_REFUSED = 1,
    /* An argument is wrong. */
    VPREP_USAGE = 2,
    /* The input is missing, unreadable, damaged or refused. */
    VPREP_UNUSABLE_INPUT = 3,
    /* The limits cannot be met. */
    VPREP_LIMITS_CANNOT_BE_MET = 4,
    /* The output could not be written, the machine has no memory or thread left
     * to give, or the call was cancelled; what stood under the output's name
     * before is untouched. */
    VPREP_OUTPUT_NOT_WRITTEN = 5,
    /* Something that decides could not be measured. */
    VPREP_INCOMPLETE = 6
} vprep_status;

/* Who will judge the clip. */
typedef enum vprep_provider {
    /* Not chosen yet. vprep_probe() and vprep_preview() ask for no more. */
    VPREP_NO_PROVIDER = 0,
    /* Megvii FaceID, validate_still. */
    VPREP_MEGVII = 1,
    /* Tencent Cloud FaceID, VideoLivenessCompare. */
    VPREP_TENCENT = 2,
    /* Megvii FaceID, validate_video. */
    VPREP_MEGVII_VIDEO = 3,
    /* Tencent Cloud FaceID, CompareFaceLiveness. */
    VPREP_TENCENT_COMPARE_FACE = 4
} vprep_provider;

/* Tencent's LivenessType; Megvii has none. */
typedef enum vprep_mode {
    /* The provider's default: SILENT for Tencent. */
    VPREP_DEFAULT_MODE = 0,
    /* LIP: the person reads four digits aloud. */
    VPREP_LIP = 1,
    /* ACTION: the person makes the movements asked for. */
    VPREP_ACTION = 2,
    /* SILENT: the person only looks at the camera. */
    VPREP_SILENT = 3
} vprep_mode;

/*
 * Lets one thread end calls that run on others. Created with
 * vprep_cancellation_create(), shared through vprep_options.cancellation.
 */
typedef struct vprep_cancellation vprep_cancellation;

/*
 * A clip or a photo: a file, or bytes in memory. Filled in by vprep_clip_file()
 * or vprep_clip_memory().
 */
typedef struct vprep_clip {
    /* Path of a file; NULL for bytes in memory. "-" is a file of that name. */
    const char *path;
    /* The whole file in memory; NULL for a path. It is copied during the call. */
    const void *bytes;
    /* Number of bytes in memory. */
    size_t byte_count;
    /* How messages and the report name bytes in memory; NULL for "memory". */
    const char *name;
} vprep_clip;

/* A clip in a file. */
static inline vprep_clip vprep_clip_file(const char *path)
{
    vprep_clip clip = { path, NULL, 0, NULL };
    return clip;
}

/* A clip in memory. */
static inline vprep_clip vprep_clip_memory(const void *bytes, size_t byte_count,
                                           const char *name)
{
    vprep_clip clip = { NULL, bytes, byte_count, name };
    return clip;
}

/*
 * What is asked. Call vprep_options_init() first, then change what differs from
 * the defaults; later versions append members.
 */
typedef struct vprep_options {
    /* sizeof(vprep_options) as the caller knows it; set by vprep_options_init(). */
    size_t size;
    /* Who will judge the clip; there is no default. */
    vprep_provider provider;
    /* Tencent's LivenessType. */
    vprep_mode mode;
    /* Tencent's action sequence: "1,2" or "2,1", and for CompareFaceLiveness one
     * or two of 1 (mouth), 2 (eyes), 3 (nod) and 4 (shake), such as "4,2"; NULL
     * for "1,2", or for CompareFaceLiveness where it is not known. */
    const char *actions;
    /* Bits a second at which the provider will fetch the clip; 0: unknown. */
    double bandwidth;
    /* Whether the request turns Megvii's face_occlusion_detection on.
     * Default 0. */
    int face_occlusion_detection;
    /* Whether the request leaves Megvii's eye_close_detection on. Default 1. */
    int eye_close_detection;
    /* The photo that the clip is compared with, Tencent's ImageUrl: JPG or PNG;
     * NULL leaves its rules open. */
    const vprep_clip *photo;
    /* The request's parameters, to be checked with the clip: the text of a JSON
     * object of strings and numbers; NULL checks none. Where mode is
     * VPREP_DEFAULT_MODE, its LivenessType is the mode that is judged. */
    const char *request_json;
    /* Whether a warning counts as a refusal. Default 0. */
    int strict;
    /* Whether every frame is measured, not as many as the verdict
     * needs. Default 0. */
    int exhaustive;
    /* Whether the report holds the values of every measured frame. Default 0. */
    int timeline;
    /* Folder for the measured frames as JPEG with the face, its landmarks and the
     * values drawn on them; made when it is missing. NULL writes none. */
    const char *annotation_folder;
    /* The caller's own limits: the JSON text itself, in the form that --rules
     * takes; NULL for none. */
    const char *rules_json;
    /* The window that vprep_fit() and vprep_prepare() keep, in seconds from the
     * clip's start; both 0 to leave the choice to vprep. */
    double window_start;
    double window_end;
    /* The caller's own limit for the output in bytes; 0: the provider's. */
    int64_t maximum_bytes;
    /* Preview pictures of vprep_preview() and vprep_prepare(), 0 to 10.
     * Default 2; options_json sets their size, quality and crop. */
    int preview_count;
    /* Seconds that one call may take, more than 0 and at most 86400.
     * Default 300. */
    double time_limit;
    /* Ends the call from another thread; NULL for none. It must outlive the
     * call. */
    vprep_cancellation *cancellation;
    /* How much of a clip, a photo or a JSON text is read before it is refused:
     * NAME=VALUE, several of them divided by commas, such as
     * "pixels=4000000,seconds=60"; NULL for the limits of Docs/limits.md. A limit
     * on time is time_limit's, unless it is named here. */
    const char *limits;
    /* Options as JSON: the text of an object as Docs/options.schema.json says,
     * such as "{\"provider\":\"megvii\",\"window\":[0.5,3]}"; the same that a job
     * of vprep worker has. What it sets replaces the member of that meaning; what
     * it leaves out, or gives as null, stays as the members say. NULL for none. */
    const char *options_json;
} vprep_options;

/* The library's version, such as "0.2.0"; never freed. */
const char *vprep_version(void);

/*
 * Fills in the defaults.
 *
 * options  what to fill in
 * size     sizeof *options
 *
 * Returns VPREP_ACCEPTED, or VPREP_USAGE when options is NULL, or size is smaller
 * than the first version of the struct or beyond 65536.
 */
int vprep_options_init(vprep_options *options, size_t size);

/*
 * The calls. Each one reads the clip again and returns a vprep_status.
 *
 * clip     the clip
 * output   path of the file to write; it appears under its name whole and
 *          verified, or not at all. It must not be the clip itself.
 * options  what is asked; NULL takes every default
 * json     where to put the report, a JSON object of the form vprep.report/1;
 *          NULL when only the status is wanted. Handed back with vprep_free().
 *
 * When the status is VPREP_ACCEPTED, VPREP_REFUSED or VPREP_INCOMPLETE, *json is
 * the report. Otherwise it is an error:
 *
 *   {"error":{"advice":null,"cause":"empty","code":"VIDEO_UNSUPPORTED_FORMAT",
 *             "file":"a.mp4","kind":"unusableInput","message":"the file is empty (0 bytes)",
 *             "stage":"open"}}
 *
 * kind     badRequest, unusableInput, limitsCannotBeMet, outputNotWritten,
 *          resourcesExhausted or cancelled
 * cause    why, closer than kind: who has to act, such as damaged, missing or
 *          forbidden; Docs/report-json.md lists them
 * stage    arguments, open, demux, decode, convert, encode, mux, write, fit,
 *          photo or report
 * file     the file it is about; "" where it is about none
 * message  one sentence; advice: what can be done about it, or null
 * code     what the provider is expected to answer to such a clip; null where
 *          no provider was asked, and where the content is not what is wrong
 *
 * *json is NULL only when memory runs out.
 */

/* Finds out what the clip is, without judging it. */
int vprep_probe(const vprep_clip *clip, const vprep_options *options, char **json);

/* Measures the clip and predicts the provider's answer; writes nothing. */
int vprep_check(const vprep_clip *clip, const vprep_options *options, char **json);

/* Writes a copy that meets the provider's limits, changed as little as possible.
 * It judges nothing: VPREP_ACCEPTED means that the copy was written. */
int vprep_fit(const vprep_clip *clip, const char *output, const vprep_options *options,
              char **json);

/* The main job: check, fit, check of the output, and previews, in one report.
 * The status is that of the output. A clip that only a new recording can help is
 * not encoded unless options_json says "evenIfHopeless": nothing is written then,
 * fit.skipped says why, and the status is that of the clip. */
int vprep_prepare(const vprep_clip *clip, const char *output,
                  const vprep_options *options, char **json);

/* Picks the best frames and returns them as JPEG data URIs in the report.
 * With an output that is not NULL the first one is written there as well; the
 * second gets "-2" before its ending. */
int vprep_preview(const vprep_clip *clip, const char *output,
                  const vprep_options *options, char **json);

/*
 * Told how far a call has come.
 *
 * context       what the caller passed to vprep_call()
 * stage         what the call is busy with: "probe" (its packets are read),
 *               "measure" (it is decoded and measured), "fit" (the output is
 *               written), "verify" (the output is read back), "recheck" (the
 *               output is measured and judged) or "preview". Valid during the
 *               call of this function only. A stage may come more than once.
 * share         the share of the stage that is done, 0 to 1
 * seconds_left  seconds until the stage's end at the pace so far; -1 while there
 *               is none
 *
 * It is called at the start of each stage and then at most ten times a second,
 * one call after another, on a thread that may not be the caller's, while
 * vprep_call() runs, and not after that. It must return at once, must not throw
 * or jump out, and may call vprep_cancellation_cancel().
 */
typedef void (*vprep_progress)(void *context, const char *stage, double share,
                               double seconds_left);

/*
 * Any of the calls above, with JSON in and JSON out: for bindings to other
 * languages, which then need no struct.
 *
 *   char *json;
 *   int status = vprep_call("{\"call\":\"check\",\"clip\":\"selfie.mov\","
 *                           "\"options\":{\"provider\":\"megvii\"}}",
 *                           NULL, 0, NULL, NULL, NULL, &json);
 *
 * request       the text of an object of at most 1048576 bytes, like a job of
 *               vprep worker (Docs/worker.md):
 *                 call     "probe", "check", "fit", "preview" or "prep"
 *                 clip     path of the clip; left out when bytes is not NULL
 *                 name     how messages and the report name the bytes; only when
 *                          bytes is not NULL, and "memory" when it is left out
 *                 output   path of the file to write: needed by fit and prep
 *                          without "dryRun", allowed for preview
 *                 options  an object as Docs/options.schema.json says; check, fit
 *                          and prep need its "provider"
 *               A member or an option that there is not is refused by name.
 * bytes         the whole clip in memory, copied during the call; NULL when the
 *               request names a file. An empty clip is not NULL with a count of 0.
 * byte_count    how many bytes these are; 0 when bytes is NULL
 * progress      told how far the call has come; NULL for nobody
 * context       passed on to progress
 * cancellation  ends the call from another thread; NULL for none. It must outlive
 *               the call.
 * json          as for the calls above: the report or the error; handed back with
 *               vprep_free(). NULL when only the status is wanted.
 *
 * Returns a vprep_status.
 */
int vprep_call(const char *request, const void *bytes, size_t byte_count,
               vprep_progress progress, void *context,
               vprep_cancellation *cancellation, char **json);

/* Lists every code of the providers: what it means, how it is predicted, the
 * limits and where they come from; a JSON array. VPREP_NO_PROVIDER lists all. */
int vprep_codes(vprep_provider provider, char **json);

/* Gives back a text that a call put out. NULL is allowed. */
void vprep_free(char *json);

/* Creates a cancellation; never NULL. */
vprep_cancellation *vprep_cancellation_create(void);

/* Ends every call that was given this cancellation, and those still to come:
 * they answer VPREP_OUTPUT_NOT_WRITTEN with an error of the kind "cancelled".
 * It returns at once; the calls end within moments. NULL is allowed. */
void vprep_cancellation_cancel(vprep_cancellation *cancellation);

/* Frees a cancellation that no call uses any more. NULL is allowed. */
void vprep_cancellation_free(vprep_cancellation *cancellation);

#ifdef __cplusplus
}
#endif

#endif
