using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>
/// Nova with a state machine. What is asked is accepted at once and done in the background: by itself after <see cref="Pause"/>, or, for
/// a verb that is held (<see cref="Hold"/>), when the test says so (<see cref="Finish"/>, <see cref="Fail"/>). Verbs: <c>schedule</c>,
/// <c>plug</c> (only with networks: its ports become ACTIVE, and the build waits for that), <c>attach</c>, <c>detach</c>, <c>attach-volume</c>, <c>detach-volume</c>, <c>build</c>, <c>start</c>, <c>stop</c>, <c>reboot</c>, <c>pause</c>,
/// <c>unpause</c>, <c>suspend</c>, <c>resume</c>, <c>dump</c>, <c>delete</c>, <c>snapshot</c>, <c>rebuild</c>, <c>rescue</c>, <c>unrescue</c>.
/// </summary>
public sealed partial class FakeNova
{
    private readonly FakeCloud cloud;
    private readonly Dictionary<string, FakeServer> servers = new(StringComparer.Ordinal);
    private readonly HashSet<string> held = new(StringComparer.Ordinal);

    internal FakeNova(FakeCloud cloud)
    {
        this.cloud = cloud;
        AddFlavor("m1.tiny", "1", vcpus: 1, ram: 512, disk: 1);
        AddService("nova-compute", "node-1");
        AddService("nova-conductor", "ctl-1");
    }

    /// <summary>How long everything takes that is not held.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Every server there ever was, the deleted ones too, oldest first; copies.</summary>
    public IReadOnlyList<FakeServer> Everything => Read(() => servers.Values.OrderBy(server => server.Created).Select(Copy).ToList());

    /// <summary>Servers that are not deleted.</summary>
    public IReadOnlyList<FakeServer> Servers => [.. Everything.Where(server => !server.Deleted)];

    /// <summary>How many servers were ever made, lost answers included.</summary>
    public int Made => Everything.Count;

    public FakeServer? Find(string id) => Read(() => servers.GetValueOrDefault(id) is { } server ? Copy(server) : null);

    public IReadOnlyList<FakeServer> Tagged(string tag) => [.. Servers.Where(server => server.Tags.Contains(tag))];

    /// <summary>From now on these wait for the test.</summary>
    public void Hold(params IReadOnlyList<string> verbs) => cloud.Locked(() => held.UnionWith(verbs));

    /// <summary>From now on these go by themselves again; what waits goes on.</summary>
    public void Release(params IReadOnlyList<string> verbs) => cloud.Locked(() => held.ExceptWith(verbs));

    /// <summary>Does the next thing that the server waits for, even if it is held.</summary>
    public void Finish(string id) => cloud.Locked(() =>
    {
        var server = servers[id];
        server.Steps.Dequeue().Do(server);
    });

    /// <summary>The next thing that the server waits for goes wrong: a server in error, with a fault. Before scheduling: no valid host.</summary>
    public void Fail(string id, string message, int code = 500) => cloud.Locked(() =>
    {
        var server = servers[id];
        server.Steps.Clear();
        server.IsBuildRequest = false;
        if (server.VmState is "building")
        {
            // nova/compute/manager.py: _cleanup_allocated_networks.
            cloud.Neutron.Deallocate(server);
            ReleaseVolumes(server);
        }

        (server.VmState, server.TaskState) = ("error", null);
        server.Fault = (code, message, "Traceback (most recent call last): …", cloud.Now);
        Save(server);
    });

    /// <summary>Sets anything by hand and saves, as the child's own operator or hypervisor would.</summary>
    public void Change(string id, Action<FakeServer> change) => cloud.Locked(() =>
    {
        change(servers[id]);
        Save(servers[id]);
    });

    /// <summary>Gone without a trace: deleted and archived (nova-manage db archive_deleted_rows).</summary>
    public void Vanish(string id) => cloud.Locked(() => servers.Remove(id));

    /// <summary>Puts a server there that nobody asked for.</summary>
    public FakeServer Plant(string name, string projectId, string userId, params IReadOnlyList<string> tags) => cloud.Locked(() =>
    {
        var server = new FakeServer
        {
            Id = Guid.NewGuid().ToString(), ProjectId = projectId, UserId = userId, Name = name, FlavorId = "1", Created = Second(cloud.Now),
            Asked = [], Tags = [.. tags], IsBuildRequest = false, VmState = "active", TaskState = null, PowerState = 1, Host = "node-1",
            LaunchedAt = cloud.Now, Updated = Second(cloud.Now),
        };
        servers.Add(server.Id, server);
        return Copy(server);
    });

    /// <summary>Does what is due. Called under the lock before anything looks.</summary>
    internal void Advance()
    {
        foreach (var server in servers.Values)
        {
            while (server.Steps.TryPeek(out var step) && !held.Contains(step.Verb) && step.At <= cloud.Now)
            {
                server.Steps.Dequeue();
                step.Do(server);
            }
        }
    }

    private void Later(FakeServer server, string verb, Action<FakeServer> act) =>
        server.Steps.Enqueue(new FakeStep(verb, cloud.Now + Pause, act));

    private void Save(FakeServer server) => server.Updated = server.IsBuildRequest ? null : Second(cloud.Now);

    private T Read<T>(Func<T> read)
    {
        lock (cloud.Gate)
        {
            Advance();
            return read();
        }
    }

    private static FakeServer Copy(FakeServer server) => server with { Metadata = new(server.Metadata), Tags = [.. server.Tags], Ports = [.. server.Ports], OwnPorts = [.. server.OwnPorts], Actions = [.. server.Actions], Volumes = [.. server.Volumes], Steps = new(server.Steps) };

    /// <summary>The database keeps whole seconds (nova/db/main/models.py: updated_at is a DateTime).</summary>
    private static DateTimeOffset Second(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);

    internal FakeAnswer Handle(FakeCall call)
    {
        if (call.Segments.Length is 0)
        {
            return Versions();
        }

        call.Version = Negotiate(call);
        return (call.Method, call.Segments) switch
        {
            ("POST", ["servers"]) => Create(call),
            ("GET", ["servers", "detail"]) => List(call),
            ("PUT", ["servers", var id]) => Update(call, Own(call, id)),
            ("PUT", ["servers", var id, "metadata"]) => ReplaceMetadata(call, Own(call, id)),
            ("GET", ["servers", var id, "diagnostics"]) => Diagnostics(call, Own(call, id)),
            ("GET", ["servers", var id, "os-instance-actions", .. var rest]) => ActionsOf(call, Own(call, id), rest),
            ("GET", ["servers", var id]) => FakeAnswer.Json(200, new JsonObject { ["server"] = View(call, Own(call, id)) }),
            ("DELETE", ["servers", var id]) => Delete(Own(call, id)),
            ("POST", ["servers", var id, "action"]) => Act(call, Own(call, id)),
            ("POST", ["servers", var id, "remote-consoles"]) => Console(call, Own(call, id)),
            (_, ["servers", var id, "tags", .. var rest]) => Tags(call, Own(call, id), rest),
            (_, ["servers", var id, "os-interface", .. var rest]) => Interfaces(call, Own(call, id), rest),
            (_, ["servers", var id, "os-volume_attachments", .. var rest]) => Volumes(call, Own(call, id), rest),
            (_, ["flavors", .. var rest]) => Flavors(call, rest),
            (_, ["os-keypairs", .. var rest]) => Keypairs(call, rest),
            (_, ["os-server-groups", .. var rest]) => ServerGroups(call, rest),
            ("POST", ["os-server-external-events"]) => Hear(call),
            ("GET", ["os-availability-zone"]) => ListZones(),
            ("GET", ["os-services"]) => ListServices(call),
            ("GET", ["limits"]) => ShowLimits(call),
            ("GET", ["os-migrations"]) => ListMigrations(call),
            ("GET", ["os-hypervisors", .. var rest]) => Hypervisors(call, rest),
            _ => throw new FakeRefusal(404, "The resource could not be found."),
        };
    }

    private FakeAnswer Versions() => FakeAnswer.Json(200, new JsonObject
    {
        ["version"] = new JsonObject
        {
            ["id"] = "v2.1", ["status"] = "CURRENT", ["version"] = cloud.Options.Release.ComputeMax, ["min_version"] = "2.1",
        },
    });

    private Version Negotiate(FakeCall call)
    {
        var max = Version.Parse(cloud.Options.Release.ComputeMax);
        if (call.Request.Microversion is not { } text)
        {
            return new Version(2, 1);
        }

        var asked = text is "latest" ? max : Version.Parse(text);
        return asked <= max && asked >= new Version(2, 1)
            ? asked
            : throw new FakeRefusal(406, $"Version {asked} is not supported by the API. Minimum is 2.1 and maximum is {max}.");
    }

    private FakeServer Own(FakeCall call, string id) =>
        servers.TryGetValue(id, out var server) && !server.Deleted && (call.IsAdmin || server.ProjectId == call.ProjectId)
            ? server
            : throw new FakeRefusal(404, $"Instance {id} could not be found.");

    private static void Admin(FakeCall call, string policy)
    {
        if (!call.IsAdmin)
        {
            throw new FakeRefusal(403, $"Policy doesn't allow {policy} to be performed.");
        }
    }
}
