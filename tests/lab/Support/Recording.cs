using System.Text.Json.Nodes;

namespace Cascade.Lab.Support;

/// <summary>What goes over the parent's bus, by the lab's recorder: from its start until it is ended.</summary>
static class Recording
{
    public static Task StartAsync() => Shell.LabAsync("record", "start");

    public static Task StopAsync() => Shell.LabAsync("record", "stop");

    public static Task MarkAsync(string text) => Shell.LabAsync("record", "mark", text);

    /// <summary>What one host has been told and has said so far.</summary>
    public static async Task<IReadOnlyList<Said>> OfAsync(string host) =>
        [.. JsonNode.Parse(await Shell.LabAsync("record", "show", host, "--json"))!.AsArray().Select(at => Said.From(at!.AsObject()))];
}

/// <param name="Who">nova, l2, l3 or dhcp.</param>
/// <param name="ByHost">The host says it; otherwise it is told.</param>
/// <param name="What">The method; of an object's method both names: Instance.save.</param>
/// <param name="Of">server1, port2, ...: in the order in which they come.</param>
/// <param name="Read">It changes nothing.</param>
sealed record Said(string Who, bool ByHost, string What, string Of, JsonObject Values, bool Read)
{
    public string Value(string name) => Values[name]?.ToString() ?? "";

    public static Said From(JsonObject json) => new(
        json["who"]!.GetValue<string>(),
        json["way"]!.GetValue<string>() == ">",
        json["what"]!.GetValue<string>(),
        json["of"]!.GetValue<string>(),
        json["values"]!.AsObject(),
        json["read"]!.GetValue<bool>());
}
