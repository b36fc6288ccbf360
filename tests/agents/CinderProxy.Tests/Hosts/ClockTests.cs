using System.Globalization;
using Cascade.CinderProxy.Parent;
using CinderProxy.Tests.Support;

namespace CinderProxy.Tests.Hosts;

/// <summary>Our clock is an hour ahead: cinder-api holds our last beat against its own (cinder/objects/service.py: is_up).</summary>
sealed class ClockTests : WorldTest
{
    [Test]
    public async Task A_beat_has_the_databases_time_so_that_the_service_goes_down_when_it_does()
    {
        World.Time.Advance(TimeSpan.FromHours(1));

        await World.Of<ServiceKeeper>().BeatAsync(default);

        var row = World.Rows.Rows("SELECT * FROM services WHERE host=@p0 AND deleted=0", World.Host).Single();
        var beat = DateTimeOffset.Parse((string)row["updated_at"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.That((TimeProvider.System.GetUtcNow() - beat).Duration(), Is.LessThan(TimeSpan.FromMinutes(1)));
    }
}
