using Cascade.Lab.Support;

// The two children of the Zed parent, each the other's bystander; and who waits for one of them keeps the other from nobody.
[assembly: LevelOfParallelism(4)]
[assembly: Timed]

namespace Cascade.Lab;

[SetUpFixture]
sealed class AfterAll
{
    /// <summary>CI leaves nothing running; at a desk the clouds stay up, the next run is quicker.</summary>
    [OneTimeTearDown]
    public async Task Take_the_clouds_down()
    {
        await Clouds.StopAgentsAsync();
        if (Environment.GetEnvironmentVariable("CI") is not null)
        {
            await Shell.LabAsync("down");
        }
    }
}
