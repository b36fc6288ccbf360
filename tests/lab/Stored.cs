using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cascade.Lab.Support;

namespace Cascade.Lab;

/// <summary>A pairing with the agents of the child's servers and of its volumes.</summary>
abstract partial class Stored(string parentRelease, string childRelease) : Pairing(parentRelease, childRelease)
{
    protected AgentProcess Store { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Start_the_volume_agent()
    {
        Store = new(Child, "cinder");
        await Store.StartAsync();
        Clouds.Served(Store);
        await Poll.UntilAsync("the volume service is up", VolumeServiceAsync, at => Text(at, "State") == "up" && Text(at, "Status") == "enabled");
    }

    protected async Task<JsonNode?> VolumeServiceAsync() =>
        (await Parent.AskAsync("volume", "service", "list", "--service", "cinder-volume", "--host", $"cascade@{Child}")).AsArray().SingleOrDefault();

    protected async Task VolumeAsync(string name, params string[] more)
    {
        await Tenant.RunAsync(["volume", "create", .. more, name, "-f", "json"]);
        await BecomesAsync("volume", name, "available");
    }

    /// <summary>Somewhere in the child's zone.</summary>
    protected Task EmptyVolumeAsync(string name, params string[] more) => VolumeAsync(name, ["--size", "1", "--availability-zone", Child, .. more]);

    protected async Task<JsonNode> BecomesAsync(string noun, string name, string status)
    {
        var seen = await Poll.UntilAsync(
            $"{noun} {name} becomes {status}",
            () => Tenant.AskAsync([.. noun.Split(' '), "show", name]),
            at => Text(at, "status") == status || Text(at, "status").StartsWith("error", StringComparison.Ordinal));
        Assert.That(Text(seen, "status"), Is.EqualTo(status), () => seen.ToJsonString());
        return seen;
    }

    protected Task GoneAsync(string noun, string name) => Poll.UntilAsync(
        $"{noun} {name} is gone", async () => (await Tenant.TryAsync([.. noun.Split(' '), "show", name])).Code, code => code != 0);

    /// <summary>The child's volumes and snapshots that stand for something of the parent, by the parent's id.</summary>
    protected async Task<IReadOnlyDictionary<string, JsonNode>> StampedAsync()
    {
        var all = (await Below.AskAsync("volume", "list", "--all-projects", "--long")).AsArray();
        return all.Where(at => ParentOf(at) is not null).ToDictionary(at => ParentOf(at)!, at => at!);
    }

    /// <summary>What the guest says of the disk that came, each time that it comes: the text and the hash of what is on it.</summary>
    protected async Task<string> HeldAsync(string server, int time, string disk = "/dev/vdb")
    {
        var log = await Poll.UntilAsync(
            $"{server} tells of {disk} for the {time}. time", () => Tenant.RunAsync("console", "log", "show", server), text => Told(text, disk).Count >= time);
        return Told(log, disk)[time - 1];
    }

    static List<string> Told(string log, string disk) =>
        [.. HoldsPattern().Matches(log).Where(match => match.Groups["disk"].Value == disk).Select(match => match.Groups["what"].Value)];

    static string? ParentOf(JsonNode? volume) => volume?["Properties"]?["cascade_parent_id"]?.GetValue<string>();

    [GeneratedRegex("cascade guest: (?<disk>/dev/vd.) holds (?<what>[^ ]+ [0-9a-f]{64}) of [0-9]+ bytes", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HoldsPattern();
}
