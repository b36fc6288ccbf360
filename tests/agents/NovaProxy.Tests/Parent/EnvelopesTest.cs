using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Faults;
using Cascade.Contracts.Nova.States;
using Cascade.NovaProxy.Parent;
using Cascade.Oslo.Messaging.Rpc;
using Cascade.Oslo.Wire.Objects;
using Cascade.Support;

namespace NovaProxy.Tests.Parent;

/// <summary>What we say to a conductor is, member by member, what nova's own code took and answered (samples of Zed).</summary>
public sealed class EnvelopesTest
{
    const string Uuid = "1ff09e11-7334-45ed-ad71-a5a507c31c52";

    static readonly HostIdentity Host = new("proxy-1");

    [Test]
    public async Task The_lowest_version_of_a_service_is_asked_for_as_sample_01()
    {
        var caller = Asked("01-probe");

        var lowest = await new ServiceRecords(new Conductor(caller), Host).MinimumVersionAsync("nova-conductor", default);

        Same("01-probe", caller);
        Assert.That(lowest, Is.EqualTo(64));
    }

    [Test]
    public async Task A_missing_service_is_null_as_sample_02()
    {
        var caller = Asked("02-service-get-none");

        Assert.That(await new ServiceRecords(new Conductor(caller), Host).FindAsync(default), Is.Null);
        Same("02-service-get-none", caller);
    }

    [Test]
    public async Task A_service_is_created_with_all_five_changes_as_sample_03()
    {
        var caller = Asked("03-service-create");

        var made = await new ServiceRecords(new Conductor(caller), Host).CreateAsync(64, null, default);

        Same("03-service-create", caller);
        Assert.That((made.Number("id"), made.Number("version")), Is.EqualTo((2, 64)));
    }

    [Test]
    public async Task A_heartbeat_is_the_smallest_that_works_as_sample_05()
    {
        var caller = Asked("05-service-heartbeat-minimal");
        var service = VersionedObject.Read(Sample.Zed("05-service-heartbeat-minimal").Arguments["objinst"]!.DeepClone());

        await new ServiceRecords(new Conductor(caller), Host).SaveAsync(service, new() { ["report_count"] = 2 }, default);

        Same("05-service-heartbeat-minimal", caller);
    }

    [Test]
    public async Task A_compute_node_is_saved_by_its_changes_alone_as_sample_10()
    {
        var caller = Asked("10-compute-node-save");
        var data = Sample.Zed("10-compute-node-save").Arguments["objinst"]!["nova_object.data"]!.AsObject();
        var changes = data.DeepClone().AsObject();
        changes.Remove("id");
        changes.Remove("host");
        var node = Cascade.Contracts.Nova.Objects.NovaObjects.New("ComputeNode", new() { ["id"] = 1, ["host"] = "proxy-1" });

        await new ComputeNodes(new Conductor(caller), Host).SaveAsync(node, changes, default);

        Same("10-compute-node-save", caller);
    }

    [Test]
    public async Task A_node_of_an_earlier_uuid_is_found_by_its_name_as_samples_13_and_11_and_its_uuid_is_taken_over()
    {
        var identity = new HostIdentity("proxy-1");
        var caller = Asked("13-compute-node-missing", "11-compute-node-by-host-and-node");

        var found = await new ComputeNodes(new Conductor(caller), identity).FindAsync(default);

        Same("11-compute-node-by-host-and-node", caller);
        Assert.That(found, Is.Not.Null);
        Assert.That((identity.NodeUuid.ToString(), identity.ComputeNodeId), Is.EqualTo(("6f9c1b1e-0000-4000-8000-00000000c0de", 1L)));
    }

    [Test]
    public async Task Events_start_and_finish_as_samples_15_and_24()
    {
        var caller = Asked("15-action-event-start", "24-action-event-finish");
        var events = new ActionEvents(new Conductor(caller), Host);

        await events.StartAsync(Context, Uuid, "compute__do_build_and_run_instance", default);
        Same("15-action-event-start", caller);
        await events.FinishAsync(Context, Uuid, "compute__do_build_and_run_instance", null, default);
        Same("24-action-event-finish", caller);
    }

    [Test]
    public async Task A_failed_event_carries_the_fault_s_own_words_as_sample_30()
    {
        var caller = Asked("30-action-event-finish-error");

        await new ActionEvents(new Conductor(caller), Host).FinishAsync(
            Context, Uuid, "compute_stop_instance", NovaFaults.Failed("child cloud said no"), default);

        var said = caller.Last["kwargs"]!["exc_tb"]!.GetValue<string>();
        Assert.That(said, Is.EqualTo("nova.exception.NovaException: child cloud said no\n"));
        caller.Last["kwargs"]!["exc_tb"] = "Traceback...";
        Same("30-action-event-finish-error", caller);
    }

    static IEnumerable<TestCaseData> Saves()
    {
        yield return new("16-instance-save-building", new[] { TaskStates.Scheduling, null }) { TestName = "16 building: either scheduling or none" };
        yield return new("17-instance-claim", null) { TestName = "17 claim: no expectation, no compute_id on Zed" };
        yield return new("18-instance-networking", new string?[] { null }) { TestName = "18 networking: none, as a list with null" };
        yield return new("21-instance-block-device-mapping", null) { TestName = "21 block devices: no expectation" };
        yield return new("22-instance-spawning", new[] { TaskStates.BlockDeviceMapping }) { TestName = "22 spawning: one state, as a word" };
        yield return new("23-instance-active", new[] { TaskStates.Spawning }) { TestName = "23 active" };
        yield return new("27-instance-error", null) { TestName = "27 error" };
        yield return new("46-instance-sysmeta-full-replace", null) { TestName = "46 system_metadata whole" };
        yield return new("49-instance-deleted", null) { TestName = "49 deleted" };
    }

    [TestCaseSource(nameof(Saves))]
    public async Task An_instance_is_saved_as(string sample, string?[]? expected)
    {
        var caller = Asked(sample);
        var changes = Sample.Zed(sample).Arguments["objinst"]!["nova_object.data"]!.DeepClone().AsObject();
        changes.Remove("uuid");

        await Instances(caller).SaveAsync(Context, Uuid, changes, expected, default);

        Same(sample, caller);
    }

    [Test]
    public async Task A_conflict_of_task_states_keeps_its_class_and_values()
    {
        var caller = Asked("26-instance-save-conflict");

        var fault = Assert.ThrowsAsync<Cascade.Oslo.Wire.Failures.RpcFault>(
            () => Instances(caller).SaveAsync(Context, Uuid, new() { ["task_state"] = null }, [TaskStates.PoweringOff], default));

        Same("26-instance-save-conflict", caller);
        Assert.That(fault.Is("UnexpectedTaskStateError"));
        await Task.CompletedTask;
    }

    [Test]
    public async Task The_node_takes_its_compute_id_along_where_the_parent_has_one_as_sample_17_of_2026()
    {
        var sample = Sample.Read("17-instance-claim-2026.1");
        var caller = new SampleCaller(sample);
        var identity = new HostIdentity("proxy-1");
        identity.Adopt((long)sample.Arguments["objinst"]!["nova_object.data"]!["compute_id"]!, identity.NodeUuid);
        var conductor = new Conductor(caller);
        var release = new ParentRelease(conductor);
        release.Saw(Cascade.Contracts.Nova.Objects.NovaObjects.New("Instance", new() { ["compute_id"] = null }));

        await new Instances(conductor, identity, release).SaveAsync(
            Context, sample.Arguments["objinst"]!["nova_object.data"]!["uuid"]!.GetValue<string>(), new() { ["host"] = "proxy-1", ["node"] = "proxy-1", ["launched_on"] = "proxy-1" }, null, default);

        Same(sample, caller);
    }

    [Test]
    public async Task Leaving_the_node_takes_the_compute_id_away_too()
    {
        var caller = Asked("27-instance-error");
        var conductor = new Conductor(caller);
        var release = new ParentRelease(conductor);
        release.Saw(Cascade.Contracts.Nova.Objects.NovaObjects.New("Instance", new() { ["compute_id"] = 7 }));

        await new Instances(conductor, Host, release).SaveAsync(Context, Uuid, new() { ["host"] = null, ["node"] = null }, null, default);

        var data = caller.Last["objinst"]!["nova_object.data"]!.AsObject();
        Assert.That(data.ContainsKey("compute_id") && data["compute_id"] is null);
    }

    [Test]
    public async Task An_instance_is_read_as_sample_25()
    {
        var caller = Asked("25-instance-get");

        var found = await Instances(caller).GetAsync(Context, Uuid, default);

        Same("25-instance-get", caller);
        Assert.That(found!.Text("uuid"), Is.EqualTo(Uuid));
    }

    [Test]
    public async Task An_instance_that_is_gone_is_null_as_sample_51() =>
        Assert.That(await Instances(Asked("51-instance-gone")).GetAsync(Context, Uuid, default), Is.Null);

    [Test]
    public async Task The_host_s_instances_are_listed_as_sample_39_with_what_we_use()
    {
        var caller = Asked("39-instance-list-by-host");

        var found = await Instances(caller).OnHostAsync(Context, default);

        caller.Last["kwargs"]!["expected_attrs"] = new JsonArray("info_cache", "metadata", "numa_topology");
        Same("39-instance-list-by-host", caller);
        Assert.That(found, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_fault_is_written_as_sample_28()
    {
        var caller = Asked("28-instance-fault-create");

        await new InstanceFaults(new Conductor(caller), Host).AddAsync(Context, Uuid, 500, "child cloud said no", "trace", default);

        Same("28-instance-fault-create", caller);
    }

    [Test]
    public async Task Block_devices_are_listed_saved_and_destroyed_as_samples_35_34_37()
    {
        var caller = Asked("35-bdm-list", "34-bdm-save", "37-bdm-destroy");
        var bdms = new Bdms(new Conductor(caller));

        var found = await bdms.OfAsync(Context, Uuid, default);
        Same("35-bdm-list", caller);
        var saved = Sample.Zed("34-bdm-save").Arguments["objinst"]!["nova_object.data"]!.DeepClone().AsObject();
        saved.Remove("id");
        await bdms.SaveAsync(Context, found[0], saved, default);
        Same("34-bdm-save", caller);
        await bdms.DestroyAsync(Context, found[0], default);
        Same("37-bdm-destroy", caller);
    }

    [Test]
    public async Task An_instance_is_destroyed_as_sample_50()
    {
        var caller = Asked("50-instance-destroy");
        var instance = Cascade.Contracts.Nova.Objects.NovaObjects.New("Instance", new() { ["id"] = 1, ["uuid"] = Uuid, ["host"] = "proxy-1", ["vm_state"] = "deleted" });

        await Instances(caller).DestroyAsync(Context, instance, default);

        Same("50-instance-destroy", caller);
    }

    [Test]
    public void A_compute_node_has_every_field_of_sample_09_in_the_same_shape()
    {
        var sample = Sample.Zed("09-compute-node-create").Arguments["objinst"]!["nova_object.data"]!.AsObject();
        var capacity = new Cascade.NovaProxy.Capacity.HostCapacity(new(64, 0, 64), new(262144, 512, 262144), new(2000, 0, 2000), "test");

        var ours = ComputeNodeMap.New(Host, "192.0.2.10", 2, capacity, Cascade.NovaProxy.Capacity.OwnUse.None);

        Assert.That(ours.Select(field => field.Key).Order(), Is.EqualTo(sample.Select(field => field.Key).Order()));
        foreach (var field in (string[])["pci_device_pools", "supported_hv_specs", "metrics", "numa_topology", "host_ip", "free_ram_mb", "free_disk_gb", "memory_mb_used", "vcpus"])
        {
            Golden.Match(Sorted(sample[field]), Sorted(ours[field]));
        }
    }

    static Cascade.Oslo.Wire.Rpc.RpcContext Context => Sample.Zed("15-action-event-start").Context;

    static Instances Instances(IRpcCaller caller)
    {
        var conductor = new Conductor(caller);
        return new(conductor, Host, new(conductor));
    }

    static SampleCaller Asked(params string[] samples) => new([.. samples.Select(Sample.Zed)]);

    static void Same(string sample, SampleCaller caller) => Same(Sample.Zed(sample), caller);

    static void Same(Sample sample, SampleCaller caller)
    {
        var (target, method, arguments) = caller.Asked[^1];
        Assert.That((target.Topic, target.Version.ToString(), target.Server, method), Is.EqualTo(("conductor", "3.0", (string?)null, sample.Method)));
        Golden.Match(Sorted(sample.Arguments), Sorted(arguments));
    }

    /// <summary>The names of changes are a set: their order means nothing.</summary>
    static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(
            member.Key,
            member.Key == "nova_object.changes"
                ? new JsonArray([.. member.Value!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal).Select(name => (JsonNode)name)])
                : Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
