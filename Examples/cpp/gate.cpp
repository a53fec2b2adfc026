// Gates a clip in memory and prepares it: gate CLIP OUTPUT. Ends with the status of vprep.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vprep.h>

static int call(const std::string &request, const std::string &clip)
{
    char *json = nullptr;
    int status = vprep_call(request.c_str(), clip.data(), clip.size(), nullptr, nullptr, nullptr, &json);
    std::unique_ptr<char, decltype(&vprep_free)> report(json, vprep_free);
    std::cout << "status " << status << ": " << report.get() << "\n";
    return status;
}

int main(int count, char **arguments)
{
    if (count != 3) return VPREP_USAGE;
    std::ifstream file(arguments[1], std::ios::binary);
    const std::string clip{std::istreambuf_iterator<char>(file), {}}, output = arguments[2];
    if (call(R"({"call": "check", "options": {"provider": "tencent"}})", clip) == VPREP_UNUSABLE_INPUT) return VPREP_UNUSABLE_INPUT;
    return call(R"({"call": "prep", "options": {"provider": "tencent"}, "output": ")" + output + "\"}", clip);
}
