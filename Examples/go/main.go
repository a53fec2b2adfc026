// Prepares one clip for Tencent, and says what to upload or tell the person: go run main.go CLIP OUTPUT
package main

import (
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"strings"
)

func main() {
	job, _ := json.Marshal(map[string]any{"call": "prep", "clip": os.Args[1], "output": os.Args[2],
		"options": map[string]any{"provider": "tencent", "mode": "silent"}})
	worker := exec.Command("vprep", "worker", "--isolate")
	worker.Stdin, worker.Stderr = strings.NewReader(string(job)+"\n"), os.Stderr
	line, err := worker.Output()
	var answer struct {
		Error  *struct{ Message, Code string }
		Report struct {
			Verdict struct{ NextStep *struct{ Text string } }
			Fit     struct{ Output *struct{ Path, MD5 string } }
		}
	}
	if err != nil || json.Unmarshal(line, &answer) != nil {
		log.Fatal("vprep gave no answer: ", err)
	} else if answer.Error != nil {
		log.Fatal(answer.Error.Message, answer.Error.Code)
	} else if step := answer.Report.Verdict.NextStep; step != nil {
		log.Fatal(step.Text)
	}
	log.Print("upload ", answer.Report.Fit.Output.Path, ", MD5 ", answer.Report.Fit.Output.MD5)
}
