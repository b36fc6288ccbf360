using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>
/// Resize, cold migration, confirm and revert, and the actions that tell of them. Verbs: <c>resize</c>, <c>confirm</c>, <c>revert</c>.
/// </summary>
public sealed partial class FakeNova
{
    private readonly List<JsonObject> migrations = [];

    /// <summary>The last move of a server: whoever holds its old allocation.</summary>
    public string MigrationOf(string id) => cloud.Locked(() => (string)LastMove(id)!["uuid"]!);

    /// <summary>The move that runs goes wrong in the background: the server is as it was, and only the action says why (InstanceFaultRollback).</summary>
    public void FailMove(string id, string message, string @event = "cold_migrate") => cloud.Locked(() =>
    {
        var server = servers[id];
        server.Steps.Clear();
        server.TaskState = null;
        (server.Actions[^1].Event, server.Actions[^1].Result, server.Actions[^1].Details) = (@event, "Error", message);
        MoveIs(server, "error");
        Save(server);
    });

    /// <summary>The cloud's own <c>resize_confirm_window</c>, or its operator (nova/compute/manager.py: _poll_unconfirmed_resizes).</summary>
    public void ConfirmByItself(string id) => cloud.Locked(() =>
    {
        var server = servers[id];
        server.Actions.Add(new("confirmResize", $"req-{Guid.NewGuid()}", null, Second(cloud.Now)));
        Confirm(server);
        Save(server);
    });

    public void RevertByItself(string id) => cloud.Locked(() =>
    {
        var server = servers[id];
        server.Actions.Add(new("revertResize", $"req-{Guid.NewGuid()}", null, Second(cloud.Now)));
        Revert(server);
        server.TaskState = null;
        Save(server);
    });

    // nova/compute/api.py: resize, without a flavor a migration.
    private FakeAnswer Resize(FakeCall call, FakeServer server, string? flavorId)
    {
        if (flavorId is null)
        {
            Admin(call, "os_compute_api:os-migrate-server:migrate");
        }

        var verb = flavorId is null ? "migrate" : "resize";
        Demand(server, verb, "active", "stopped");
        var now = flavors[server.FlavorId];
        var wanted = flavorId is null ? now : flavors.GetValueOrDefault(flavorId) ?? throw new FakeRefusal(400, $"Flavor {flavorId} could not be found.");
        if (flavorId is not null)
        {
            CheckResize(call, server, now, wanted);
        }

        server.Actions.Add(new(verb, call.Request.RequestId, call.Token!.UserId, Second(cloud.Now)));
        migrations.Add(new() { ["uuid"] = Guid.NewGuid().ToString(), ["instance_uuid"] = server.Id, ["migration_type"] = flavorId is null ? "migration" : "resize", ["status"] = "pre-migrating" });
        Begin(server, "resize_prep", "resize", one =>
        {
            if (wanted.Disk < now.Disk)
            {
                // nova/virt/libvirt/driver.py: migrate_disk_and_power_off: InstanceFaultRollback of ResizeError.
                (one.Actions[^1].Event, one.Actions[^1].Result, one.Actions[^1].Details) = ("compute_resize_instance", "Error", "Resize error: Unable to resize disk down.");
                MoveIs(one, "error");
                return;
            }

            MoveIs(one, "finished");
            (one.OldFlavorId, one.OldVmState) = (one.FlavorId, one.VmState);
            (one.FlavorId, one.VmState) = (wanted.Id, "resized");
            one.PowerState = one.OldVmState is "stopped" ? 4 : 1;
        });
        return FakeAnswer.Empty(202);
    }

    private void CheckResize(FakeCall call, FakeServer server, FakeFlavor now, FakeFlavor wanted)
    {
        if (wanted.Id == now.Id)
        {
            throw new FakeRefusal(400, "When resizing, instances must change flavor!");
        }

        if (wanted.Disk == 0 && now.Disk != 0)
        {
            throw new FakeRefusal(400, "Server disk was unable to be resized because: Resize to zero disk flavor is not allowed.");
        }

        var cores = servers.Values.Where(one => !one.Deleted && one.ProjectId == server.ProjectId).Sum(one => flavors.GetValueOrDefault(one.FlavorId)?.Vcpus ?? 0);
        if (MaxCores >= 0 && cores - now.Vcpus + wanted.Vcpus > MaxCores)
        {
            throw new FakeRefusal(403, $"Quota exceeded for cores: Requested {wanted.Vcpus - now.Vcpus}, but already used {cores} of {MaxCores} cores");
        }
    }

    // nova/compute/api.py: confirm_resize. No task state: the server looks as before until it is done.
    private FakeAnswer ConfirmResize(FakeCall call, FakeServer server)
    {
        Demand(server, "confirmResize", "resized");
        server.Actions.Add(new("confirmResize", call.Request.RequestId, call.Token!.UserId, Second(cloud.Now)));
        Save(server);
        Later(server, "confirm", one =>
        {
            Confirm(one);
            Save(one);
        });
        return FakeAnswer.Empty(204);
    }

    // nova/compute/api.py: revert_resize.
    private FakeAnswer RevertResize(FakeCall call, FakeServer server)
    {
        Demand(server, "revertResize", "resized");
        server.Actions.Add(new("revertResize", call.Request.RequestId, call.Token!.UserId, Second(cloud.Now)));
        Begin(server, "resize_reverting", "revert", Revert);
        return FakeAnswer.Empty(202);
    }

    // nova/compute/manager.py: _confirm_resize.
    private void Confirm(FakeServer server)
    {
        MoveIs(server, "confirmed");
        (server.OldFlavorId, server.OldVmState) = (null, null);
        server.VmState = server.PowerState is 4 ? "stopped" : "active";
    }

    // nova/compute/manager.py: _finish_revert_resize.
    private void Revert(FakeServer server)
    {
        MoveIs(server, "reverted");
        server.FlavorId = server.OldFlavorId!;
        (server.VmState, server.PowerState) = server.OldVmState is "stopped" ? ("stopped", 4) : ("active", 1);
        (server.OldFlavorId, server.OldVmState) = (null, null);
    }

    // nova/api/openstack/compute/migrations.py: the uuid from 2.59 on, newest first.
    private FakeAnswer ListMigrations(FakeCall call)
    {
        Admin(call, "os_compute_api:os-migrations:index");
        var views = migrations.Where(move => Is(call.Asked("instance_uuid"), (string?)move["instance_uuid"])).Reverse().Select(move =>
        {
            var view = (JsonObject)move.DeepClone();
            if (!call.Knows(2, 59))
            {
                view.Remove("uuid");
            }

            return view;
        });
        return FakeAnswer.Json(200, new JsonObject { ["migrations"] = new JsonArray([.. views]) });
    }

    private JsonObject? LastMove(string id) => migrations.LastOrDefault(move => (string?)move["instance_uuid"] == id);

    private void MoveIs(FakeServer server, string status)
    {
        if (LastMove(server.Id) is { } move)
        {
            move["status"] = status;
        }
    }
}
