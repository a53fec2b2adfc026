#!/usr/bin/env bash
# One task of an array job, such as of Slurm: array_job.sh LIST FOLDER PART PARTS
# sbatch --array=1-100 --cpus-per-task=1 --wrap 'array_job.sh clips.txt ready $SLURM_ARRAY_TASK_ID 100'
# A task that is repeated goes on where it stopped. At the end: vprep merge ready/part-* -o ready
set -euo pipefail
vprep=${VPREP:-vprep}
exec "$vprep" batch - -o "$2/part-$3" --shard "$3/$4" --jobs 1 --provider tencent --mode silent \
  --previews 0 --exit-zero <"$1"
