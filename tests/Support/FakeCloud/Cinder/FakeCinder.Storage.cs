using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>Pools of storage, the services and zones that they stand in, and what of them Cinder could take over.</summary>
public sealed partial class FakeCinder
{
    private readonly List<FakePool> pools = [new("lvm@lvm#lvm", "nova", 1000)];
    private readonly List<JsonObject> unmanaged = [];

    /// <summary>While true every volume may ask for a zone that is none.</summary>
    private bool zonesAreFree = true;

    /// <summary>In place of the one pool that there is. From now on a volume may ask for their zones only.</summary>
    public void SetPools(params IReadOnlyList<FakePool> all) => cloud.Locked(() =>
    {
        pools.Clear();
        pools.AddRange(all);
        zonesAreFree = false;
    });

    /// <summary>A backend has something that Cinder does not know.</summary>
    public void AddUnmanaged(string reference, int size) => cloud.Locked(() => unmanaged.Add(new JsonObject
    {
        ["reference"] = new JsonObject { ["source-name"] = reference }, ["size"] = size, ["safe_to_manage"] = true, ["reason_not_safe"] = null, ["cinder_id"] = null, ["extra_info"] = null,
    }));

    private string HostOf(FakeVolume volume) => volume.Host ?? (pools.Find(pool => pool.Zone == volume.Zone) ?? pools[0]).Name;

    private void CheckZone(string zone)
    {
        if (!zonesAreFree && !pools.Exists(pool => pool.Zone == zone))
        {
            throw new FakeRefusal(400, $"Availability zone '{zone}' is invalid.");
        }
    }

    // cinder/api/contrib/scheduler_stats.py: get_pools.
    private FakeAnswer ListPools(FakeCall call)
    {
        Demand(call, "scheduler_extension:scheduler_stats:get_pools");
        var type = call.Knows(3, 35) && TypeOf(call.Asked("volume_type")) is { } name ? types.GetValueOrDefault(name) : null;
        var found = pools.Where(pool => type?.ExtraSpecs.GetValueOrDefault("volume_backend_name") is not { } backend || pool.Backend.EndsWith("@" + backend, StringComparison.Ordinal));
        return FakeAnswer.Json(200, new JsonObject { ["pools"] = new JsonArray([.. found.Select(pool => View(pool, call.Asked("detail") is "True" or "true"))]) });
    }

    private JsonObject View(FakePool pool, bool detail)
    {
        var view = new JsonObject { ["name"] = pool.Name };
        if (!detail)
        {
            return view;
        }

        var given = volumes.Values.Where(volume => HostOf(volume) == pool.Name).Sum(volume => volume.Size);
        var says = new JsonObject
        {
            ["volume_backend_name"] = pool.Backend.Split('@')[^1], ["pool_name"] = pool.Name.Split('#')[^1], ["storage_protocol"] = "iSCSI", ["vendor_name"] = "Open Source",
            ["total_capacity_gb"] = pool.TotalGb < 0 ? "infinite" : pool.TotalGb, ["free_capacity_gb"] = pool.TotalGb < 0 ? "infinite" : pool.TotalGb - given,
            ["allocated_capacity_gb"] = given, ["provisioned_capacity_gb"] = given, ["reserved_percentage"] = 0, ["max_over_subscription_ratio"] = "20.0",
            ["thin_provisioning_support"] = true, ["thick_provisioning_support"] = false, ["multiattach"] = true, ["online_extend_support"] = true, ["QoS_support"] = false,
            ["backend_state"] = pool.IsUp ? "up" : "down",
        };
        foreach (var (name, value) in pool.Capabilities)
        {
            says[name] = value?.DeepClone();
        }

        view["capabilities"] = says;
        return view;
    }

    private FakeAnswer ListZones() => FakeAnswer.Json(200, new JsonObject
    {
        ["availabilityZoneInfo"] = new JsonArray([.. pools.Select(pool => pool.Zone).Distinct(StringComparer.Ordinal).Select(zone => new JsonObject
        {
            ["zoneName"] = zone, ["zoneState"] = new JsonObject { ["available"] = true },
        })]),
    });

    // cinder/api/v3/services.py: index.
    private FakeAnswer ListServices(FakeCall call)
    {
        Demand(call, "volume_extension:services:index");
        var backends = pools.DistinctBy(pool => pool.Backend).Select(pool => ("cinder-volume", pool.Backend, pool.Zone, pool.IsUp));
        var all = backends.Append(("cinder-scheduler", "control", "nova", true)).Append(("cinder-backup", "control", "nova", HasBackupService));
        return FakeAnswer.Json(200, new JsonObject
        {
            ["services"] = new JsonArray([.. all
                .Where(one => (call.Asked("binary") is not { } binary || one.Item1 == binary) && (call.Asked("host") is not { } host || one.Item2 == host))
                .Select(one => new JsonObject
                {
                    ["binary"] = one.Item1, ["host"] = one.Item2, ["zone"] = one.Item3, ["status"] = "enabled", ["state"] = one.Item4 ? "up" : "down",
                    ["updated_at"] = Time(Second()), ["disabled_reason"] = null,
                })]),
        });
    }

    private FakeAnswer ListManageable(FakeCall call)
    {
        Demand(call, "volume_extension:list_manageable");
        var known = volumes.Values.Where(volume => HostOf(volume) == call.Asked("host")).Select(volume => new JsonObject
        {
            ["reference"] = new JsonObject { ["source-name"] = $"volume-{volume.Id}" }, ["size"] = volume.Size, ["safe_to_manage"] = false,
            ["reason_not_safe"] = "already managed", ["cinder_id"] = volume.Id, ["extra_info"] = null,
        });
        return FakeAnswer.Json(200, new JsonObject { ["manageable-volumes"] = new JsonArray([.. known, .. unmanaged.Select(one => one.DeepClone())]) });
    }

    private FakeAnswer ListManageableSnapshots(FakeCall call)
    {
        Demand(call, "snapshot_extension:list_manageable");
        return FakeAnswer.Json(200, new JsonObject
        {
            ["manageable-snapshots"] = new JsonArray([.. snapshots.Values.Select(snapshot => new JsonObject
            {
                ["reference"] = new JsonObject { ["source-name"] = $"_snapshot-{snapshot.Id}" }, ["source_reference"] = new JsonObject { ["source-name"] = $"volume-{snapshot.VolumeId}" },
                ["size"] = snapshot.Size, ["safe_to_manage"] = false, ["reason_not_safe"] = "already managed", ["cinder_id"] = snapshot.Id, ["extra_info"] = null,
            })]),
        });
    }
}
