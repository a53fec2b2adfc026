/* Gates a clip and prepares it: gate CLIP OUTPUT. Ends with the status of vprep. */
#include <stdio.h>
#include <vprep.h>

int main(int count, char **arguments)
{
    if (count != 3) return VPREP_USAGE;
    vprep_options options;
    vprep_options_init(&options, sizeof options);
    options.provider = VPREP_TENCENT;
    vprep_clip clip = vprep_clip_file(arguments[1]);
    char *json;
    int status = vprep_check(&clip, &options, &json);
    printf("the clip: status %d, %s\n", status, json);
    vprep_free(json);
    if (status == VPREP_UNUSABLE_INPUT) return status;

    status = vprep_prepare(&clip, arguments[2], &options, &json);
    printf("prepared: status %d, %s\n", status, json);
    vprep_free(json);
    return status;
}
