using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Create and delete.</summary>
public sealed partial class FakeNova
{
    // nova/api/openstack/compute/schemas/servers.py: create, additionalProperties False.
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "name", "imageRef", "flavorRef", "adminPass", "metadata", "networks", "OS-DCF:diskConfig", "accessIPv4", "accessIPv6", "availability_zone",
        "block_device_mapping", "block_device_mapping_v2", "config_drive", "min_count", "max_count", "return_reservation_id", "key_name",
        "security_groups", "user_data", "description", "tags", "trusted_image_certificates", "host", "hypervisor_hostname", "hostname",
    };

    private FakeAnswer Create(FakeCall call)
    {
        var body = call.Body();
        var asked = body["server"]!.AsObject();
        CheckSchema(call, body, asked);
        var flavor = flavors.GetValueOrDefault((string)asked["flavorRef"]!)
            ?? throw new FakeRefusal(400, $"Flavor {asked["flavorRef"]} could not be found.");
        CheckImage(call, (string?)asked["imageRef"]);
        CheckGroup(body);
        CheckPlace(call, asked);
        if ((string?)asked["key_name"] is { } key && !keypairs.ContainsKey((call.Token!.UserId, key)))
        {
            throw new FakeRefusal(400, "Invalid key_name provided.");
        }

        CheckQuota(call, flavor);
        var networks = asked["networks"];
        cloud.Neutron.CheckRequests(call, networks);
        CheckDevices(asked, flavor);
        var server = new FakeServer
        {
            Id = Guid.NewGuid().ToString(),
            ProjectId = call.ProjectId,
            UserId = call.Token!.UserId,
            Created = Second(cloud.Now),
            Asked = (JsonObject)body.DeepClone(),
            Name = (string)asked["name"]!,
            Hostname = (string?)asked["hostname"] ?? ((string)asked["name"]!).ToLowerInvariant(),
            Description = (string?)asked["description"],
            ImageId = (string?)asked["imageRef"],
            FlavorId = flavor.Id,
            KeyName = (string?)asked["key_name"],
            ConfigDrive = (bool?)asked["config_drive"] ?? false,
            Metadata = (asked["metadata"]?.AsObject() ?? []).ToDictionary(item => item.Key, item => (string)item.Value!),
            Tags = [.. (asked["tags"]?.AsArray() ?? []).Select(tag => (string)tag!)],
        };
        ReserveVolumes(call, server, asked);
        servers.Add(server.Id, server);
        Later(server, "schedule", one => Schedule(call, one, networks));
        if (networks is not JsonValue || (string?)networks is not "none")
        {
            Later(server, "plug", one => cloud.Neutron.Plug(one, runs: true));
        }

        Later(server, "build", Build);
        return FakeAnswer.Json(202, new JsonObject
        {
            ["server"] = new JsonObject
            {
                ["id"] = server.Id,
                ["links"] = new JsonArray(),
                ["OS-DCF:diskConfig"] = "MANUAL",
                ["security_groups"] = new JsonArray(new JsonObject { ["name"] = "default" }),
                ["adminPass"] = (string?)asked["adminPass"] ?? "generated-4713",
            },
        });
    }

    // nova/conductor/manager.py: schedule_and_build_instances. Created in the cell with updated_at null; the compute's claim saves first.
    private void Schedule(FakeCall call, FakeServer server, JsonNode? networks)
    {
        server.IsBuildRequest = false;
        server.TaskState = null;
        server.Host = Place(server.Asked["server"]!.AsObject());
        if (server.Host is null)
        {
            Unplaced(server);
            return;
        }

        try
        {
            cloud.Neutron.AllocateFor(call, server, networks);
        }
        catch (FakeRefusal refusal)
        {
            // nova/compute/manager.py: _build_resources, _build_networks_for_instance: BuildAbortException.
            cloud.Neutron.Deallocate(server);
            GiveUp(server, $"Build of instance {server.Id} aborted: {refusal.Message}");
        }
    }

    // nova/conductor/manager.py: _bury_in_cell0.
    private void Unplaced(FakeServer server) => GiveUp(server, "No valid host was found. There are not enough hosts available.");

    private void GiveUp(FakeServer server, string why)
    {
        ReleaseVolumes(server);
        server.Steps.Clear();
        (server.VmState, server.TaskState) = ("error", null);
        server.Fault = (500, why, "Traceback (most recent call last): …", cloud.Now);
        Save(server);
    }

    private void Build(FakeServer server)
    {
        server.Volumes.ForEach(volume => cloud.Cinder.Connect(volume.AttachmentId));
        (server.VmState, server.TaskState, server.PowerState) = ("active", null, 1);
        server.LaunchedAt = cloud.Now;
        Save(server);
    }

    private FakeAnswer Delete(FakeServer server)
    {
        if (server.IsBuildRequest)
        {
            // nova/compute/api.py: _delete_while_booting. No record is left.
            ReleaseVolumes(server);
            servers.Remove(server.Id);
            return FakeAnswer.Empty(204);
        }

        if (server.TaskState is not "deleting")
        {
            server.TaskState = "deleting";
            Save(server);
            server.Steps.Clear();
            Later(server, "delete", Destroy);
        }

        return FakeAnswer.Empty(204);
    }

    // nova/compute/manager.py: _delete_instance; nova/db/main/api.py: instance_destroy takes the tags away for good.
    private void Destroy(FakeServer server)
    {
        cloud.Neutron.Deallocate(server);
        cloud.Glance.DiscardUnfinished(server.SnapshotId);
        ReleaseVolumes(server);
        (server.VmState, server.TaskState, server.PowerState) = ("deleted", null, 0);
        server.TerminatedAt = cloud.Now;
        Save(server);
        server.Deleted = true;
        server.Tags.Clear();
    }

    private static void CheckSchema(FakeCall call, JsonObject body, JsonObject asked)
    {
        var odd = asked.Select(member => member.Key).FirstOrDefault(name => !Known.Contains(name))
            ?? body.Select(member => member.Key).FirstOrDefault(name => name is not "server" and not "os:scheduler_hints" and not "OS-SCH-HNT:scheduler_hints");
        odd ??= !call.Knows(2, 90) && asked.ContainsKey("hostname") ? "hostname" : null;
        odd ??= !call.Knows(2, 52) && asked.ContainsKey("tags") ? "tags" : null;
        odd ??= !call.Knows(2, 19) && asked.ContainsKey("description") ? "description" : null;
        if (odd is not null)
        {
            throw new FakeRefusal(400, $"Additional properties are not allowed ('{odd}' was unexpected)");
        }

        if (call.Knows(2, 37) && !asked.ContainsKey("networks"))
        {
            throw new FakeRefusal(400, "Invalid input for field/attribute server. 'networks' is a required property");
        }

        var tags = asked["tags"]?.AsArray().Select(tag => (string)tag!).ToList() ?? [];
        if (tags.Count > 50 || tags.Exists(tag => tag.Length is 0 or > 60 || tag.AsSpan().IndexOfAny(',', '/') >= 0))
        {
            throw new FakeRefusal(400, "Invalid input for field/attribute tags.");
        }

        if (asked["metadata"]?.AsObject().Any(item => item.Key.Length > 255 || ((string?)item.Value)?.Length > 255) is true)
        {
            throw new FakeRefusal(400, "Invalid input for field/attribute metadata.");
        }
    }

    private void CheckImage(FakeCall call, string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return;
        }

        var image = cloud.Glance.Visible(call, id) ?? throw new FakeRefusal(400, "Can not find requested image");
        if (image.Status is not "active")
        {
            throw new FakeRefusal(400, $"Image {id} is not active.");
        }
    }

    private void CheckQuota(FakeCall call, FakeFlavor flavor)
    {
        var mine = servers.Values.Where(server => !server.Deleted && server.ProjectId == call.ProjectId).ToList();
        var cores = mine.Sum(server => flavors.GetValueOrDefault(server.FlavorId)?.Vcpus ?? 0);
        var ram = mine.Sum(server => flavors.GetValueOrDefault(server.FlavorId)?.Ram ?? 0);
        Over("instances", 1, mine.Count, MaxInstances);
        Over("cores", flavor.Vcpus, cores, MaxCores);
        Over("ram", flavor.Ram, ram, MaxRam);

        static void Over(string what, int wanted, int used, int max)
        {
            if (max >= 0 && used + wanted > max)
            {
                throw new FakeRefusal(403, $"Quota exceeded for {what}: Requested {wanted}, but already used {used} of {max} {what}");
            }
        }
    }
}
