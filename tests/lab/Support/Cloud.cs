using System.Text.Json.Nodes;

namespace Cascade.Lab.Support;

/// <summary>The stock <c>openstack</c> command against one cloud of the lab, as one person.</summary>
sealed class Cloud(string name)
{
    public string Name => name;

    public async Task<JsonNode> AskAsync(params string[] arguments)
    {
        var text = await RunAsync([.. arguments, "-f", "json"]);
        return JsonNode.Parse(text) ?? throw new InvalidOperationException($"openstack {string.Join(' ', arguments)} answered nothing");
    }

    /// <summary>A GET that the stock client of the release cannot say.</summary>
    /// <param name="version">The microversion; null for the client's own.</param>
    public async Task<JsonNode> GetAsync(string service, string path, string? version = null) =>
        JsonNode.Parse(await Shell.LabAsync("rest", name, service, path, "", version ?? "")) ?? throw new InvalidOperationException($"GET {path} answered nothing");

    /// <summary>A POST that the stock client of the release cannot say.</summary>
    /// <param name="version">The microversion; null for the client's own.</param>
    public async Task<JsonNode> PostAsync(string service, string path, JsonObject body, string? version = null) =>
        JsonNode.Parse(await Shell.LabAsync("rest", name, service, path, body.ToJsonString(), version ?? ""))
        ?? throw new InvalidOperationException($"POST {path} answered nothing");

    /// <summary>A DELETE that the stock client of the release cannot say.</summary>
    public Task DeleteAsync(string service, string path, string? version = null) => Shell.LabAsync("rest", name, service, path, "DELETE", version ?? "");

    public Task<string> RunAsync(params string[] arguments) =>
        Shell.RunAsync(Path.Combine(Shell.Lab, "openstack"), ["--cloud", name, .. arguments], TimeSpan.FromMinutes(5));

    public Task<(int Code, string Output, string Error)> TryAsync(params string[] arguments) =>
        Shell.TryAsync(Path.Combine(Shell.Lab, "openstack"), ["--cloud", name, .. arguments], TimeSpan.FromMinutes(5));

    /// <summary>The server as <c>server show</c> tells it, null when there is none.</summary>
    public async Task<JsonNode?> ServerAsync(string server)
    {
        var (code, output, error) = await TryAsync("server", "show", server, "-f", "json");
        return code == 0 ? JsonNode.Parse(output)
            : error.Contains("No server with a name or ID", StringComparison.OrdinalIgnoreCase) || error.Contains("No Server found", StringComparison.OrdinalIgnoreCase) || error.Contains("could not be found", StringComparison.OrdinalIgnoreCase) ? null
            : throw new InvalidOperationException(error);
    }

    public async Task<JsonNode> BecomesAsync(string server, string status, TimeSpan? limit = null)
    {
        var seen = await Poll.UntilAsync(
            $"{name}: server {server} becomes {status}",
            () => ServerAsync(server),
            at => at?["status"]?.GetValue<string>() == status || (status != "ERROR" && at?["status"]?.GetValue<string>() == "ERROR"),
            limit);
        Assert.That(seen!["status"]!.GetValue<string>(), Is.EqualTo(status), () => seen.ToJsonString());
        return seen;
    }

    public Task GoneAsync(string server) =>
        Poll.UntilAsync<JsonNode?>($"{name}: server {server} is gone", () => ServerAsync(server), at => at is null);
}
