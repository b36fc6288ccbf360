namespace Cascade.Agent.Child;

/// <summary>Waiting for the child without asking it.</summary>
public static class ChildWaiting
{
    /// <summary>Ends when the child answers; at once when it does.</summary>
    public static async Task UntilAnswersAsync(this IChildHealth health, CancellationToken cancelled)
    {
        if (health.Answers)
        {
            return;
        }

        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnChanged(object? sender, EventArgs change)
        {
            if (health.Answers)
            {
                back.TrySetResult();
            }
        }

        health.Changed += OnChanged;
        try
        {
            OnChanged(null, EventArgs.Empty);
            await back.Task.WaitAsync(cancelled);
        }
        finally
        {
            health.Changed -= OnChanged;
        }
    }
}
